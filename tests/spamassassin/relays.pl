# Prints what SpamAssassin makes of many messages, in one process: a line of JSON for each.
#
# Standard input: for each message its length in bytes, perhaps a blank and its networks as an object of JSON
# (trusted, internal, msa: null or a list), a newline, and the message.
# Arguments: lines of configuration. Output: the four relay strings and, for each Received field from
# the newest on, its relay as a string, 0 where SpamAssassin skips it, null where it cannot read it.
use strict;
use warnings;
use JSON::PP;
use Mail::SpamAssassin;
use Mail::SpamAssassin::NetSet;
use Mail::SpamAssassin::PerMsgStatus;

my $json = JSON::PP->new->latin1->canonical;
my $spamassassin = Mail::SpamAssassin->new({
    config_text => join("\n", @ARGV, ""),
    local_tests_only => 1,
    dont_copy_prefs => 1,
    debug => 0,
});
$spamassassin->init(0);
binmode STDIN;
binmode STDOUT;
while (defined(my $line = <STDIN>)) {
    my ($length, $networks) = split / /, $line, 2;
    configure($json->decode($networks)) if defined $networks;
    read(STDIN, my $message, $length) == $length or die "the message is cut short";
    my $mail = $spamassassin->parse($message, 0);
    my $status = Mail::SpamAssassin::PerMsgStatus->new($spamassassin, $mail);
    $status->extract_message_metadata();
    my %told = map { lc($_) => scalar $mail->get_metadata("X-Spam-Relays-$_") }
        qw(Trusted Untrusted Internal External);
    $told{fields} = [map { field($mail->{metadata}, $_) } $mail->get_header("Received")];
    print $json->encode(\%told), "\n";
    $status->finish();
    $mail->finish();
}

# As Mail::SpamAssassin::Conf reads the options of these names.
sub configure {
    my ($networks) = @_;
    for my $name (qw(trusted internal msa)) {
        my $set = Mail::SpamAssassin::NetSet->new("${name}_networks");
        $set->add_cidr("127.0.0.0/8", "::1") if $name ne "msa";
        $set->add_cidr(@{$networks->{$name}}) if $networks->{$name};
        $spamassassin->{conf}->{"${name}_networks"} = $set;
        $spamassassin->{conf}->{"${name}_networks_configured"} = $networks->{$name} ? 1 : 0;
    }
}

sub field {
    my ($metadata, $line) = @_;
    $line =~ s/\n[ \t]+/ /gs;
    my $relay = $metadata->parse_received_line($line);
    return ref $relay ? $relay->{as_string} : $relay;
}
