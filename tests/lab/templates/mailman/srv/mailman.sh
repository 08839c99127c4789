# One list that anybody may post to, as a help desk's address is.
mkdir -p /srv/mailman /run/mailman3 /var/log/mailman3 && chown -R list:list /srv/mailman /run/mailman3 /var/log/mailman3
cd /srv/mailman
export PYTHONPATH=/srv PATH=/usr/lib/mailman3/bin:$PATH
as_list="setpriv --reuid=list --regid=list --clear-groups"
$as_list mailman -C /etc/mailman3/lab.cfg create people@list.example
echo reader@victim.example > /srv/members
$as_list mailman -C /etc/mailman3/lab.cfg addmembers --no-welcome-msg /srv/members people@list.example
$as_list mailman -C /etc/mailman3/lab.cfg withlist -l people@list.example -r open_to_all
exec $as_list master -C /etc/mailman3/lab.cfg
