# Perl's taint mode wants a clean environment.
cd /
mkdir -p /var/cache/spampd && chown -R spampd:spampd /var/cache/spampd
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin perl -T /usr/sbin/spampd --nodetach --host=192.168.1.8:25 \
  --relayhost=192.168.1.10:25 --user=spampd --group=spampd --local-only --tagall --children=2 \
  --pid=/tmp/spampd.pid --homedir=/var/cache/spampd
