<?php
// A contact form that trusts its visitor with the recipient, as many old ones do.
$headers = "From: {$_POST['from']}";
if (!empty($_POST['reply_to'])) {
    $headers .= "\r\nReply-To: {$_POST['reply_to']}";
}
echo mail($_POST['to'], $_POST['subject'], $_POST['body'], $headers, "-f{$_POST['mail_from']}") ? "sent" : "failed";
