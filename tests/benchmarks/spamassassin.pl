# SpamAssassin reads Received fields and forms its relay lists; no rule runs. Prints CPU seconds as JSON.
use strict;
use warnings;
use Mail::SpamAssassin;
use Mail::SpamAssassin::PerMsgStatus;

my ($folder) = @ARGV;
my @messages;
for my $path (sort glob "$folder/*") {
    open my $file, '<:raw', $path or die "$path: $!";
    local $/;
    push @messages, <$file>;
}
my $assassin = Mail::SpamAssassin->new({
    config_text => "use_bayes 0\n", local_tests_only => 1, dont_copy_prefs => 1,
});
$assassin->init(0);

sub run {
    my $start = (times)[0] + (times)[1];
    for my $text (@_) {
        my $mail = $assassin->parse($text);
        my $status = Mail::SpamAssassin::PerMsgStatus->new($assassin, $mail);
        $status->extract_message_metadata();
        $status->finish();
        $mail->finish();
    }
    return (times)[0] + (times)[1] - $start;
}

my $first = run(@messages);
my $seconds = run(@messages);
open my $status, '<', '/proc/self/status' or die $!;
my ($memory) = map { /^VmHWM:\s+(\d+)/ ? $1 * 1024 : () } <$status>;
printf qq({"version": "%s", "first": %f, "seconds": %f, "failed": 0, "memory": %d}\n),
    Mail::SpamAssassin->Version(), $first, $seconds, $memory // 0;
