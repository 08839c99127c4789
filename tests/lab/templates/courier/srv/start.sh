# Courier is several programs; couriertcpd alone must stay in the foreground.
cd /
mkdir -p /run/courier/authdaemon
rm -f /run/courier/*.lock /run/courier/esmtpd.pid
chown -R courier:courier /run/courier
authdaemond start; courierfilter start; courier start
set -a; . /etc/courier/esmtpd
exec couriertcpd -stderr=/tmp/couriertcpd.log -noidentlookup -user=courier -group=courier \
  -access=/etc/courier/smtpaccess.dat -maxprocs=60 -maxperc=60 -maxperip=60 \
  -pid=/run/courier/esmtpd.pid 25,587 /usr/sbin/courieresmtpd </dev/null
