package mail

import (
	"fmt"
	"strings"
	"testing"

	"handrail/notify"
)

const aToken = "abcdefghijklmnopqrstuvwxyz234567abcdefghij"

// postfix is a report as Postfix writes it; status is the second part's recipient groups.
func report(to, status string) string {
	return strings.ReplaceAll(fmt.Sprintf(`Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: %s
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="9F0B.1772463600/mx.example.org"

This is a MIME-encapsulated message.

--9F0B.1772463600/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=no-such-charset

I'm sorry to have to inform you that your message could not be delivered.

--9F0B.1772463600/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 9F0B
Arrival-Date: Mon,  2 Mar 2026 15:00:00 +0000 (UTC)

%s
--9F0B.1772463600/mx.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: no-reply@clinic.example
To: ana@example.org
Subject: Please look

Please look.

--9F0B.1772463600/mx.example.org--
`, to, status), "\n", "\r\n")
}

func group(action, status, diagnostic string) string {
	return "Final-Recipient: rfc822; ana@example.org\nOriginal-Recipient: rfc822;ana@example.org\nAction: " + action + "\nStatus: " + status + "\nDiagnostic-Code: " + diagnostic + "\n"
}

func TestReports(t *testing.T) {
	ours := "bounces+" + aToken + "@clinic.example"
	gone := func(code string) notify.Late { return notify.Late{Outcome: notify.Gone, Code: code} }
	failed := func(code string) notify.Late { return notify.Late{Outcome: notify.Permanent, Code: code} }
	for name, c := range map[string]struct {
		groups string
		want   notify.Late
	}{
		"no such user":                         {group("failed", "5.1.1", "smtp; 550 5.1.1 <ana@example.org>: unknown"), gone("5.1.1")},
		"folded, with a comment, another case": {"final-recipient: rfc822;\n a@b.example\nACTION: Failed (permanent)\nstatus: 5.1.10 (no such\n recipient)\n", gone("5.1.10")},
		"the status says nothing":              {group("failed", "5.0.0", "smtp; 550-5.1.1 The account does not exist"), gone("5.1.1")},
		"neither says anything":                {group("failed", "5.0.0", "smtp; 550 no"), failed("5.0.0")},
		"no status at all":                     {"Action: failed\n", failed("failed")},
		"no such domain":                       {group("failed", "5.4.4", "X-Postfix; Host or domain name not found"), gone("5.4.4")},
		"a full mailbox":                       {group("failed", "5.2.2", "smtp; 552 5.2.2 full"), failed("5.2.2")},
		"taken for spam":                       {group("failed", "5.7.1", "smtp; 550 5.7.1 no"), failed("5.7.1")},
		"given up after days":                  {group("failed", "4.4.7", "smtp; 451 4.4.1 no answer"), failed("4.4.7")},
		"still tried":                          {group("delayed", "4.4.1", "smtp; 451 4.4.1 no answer") + "Will-Retry-Until: Sat, 7 Mar 2026 15:00:00 +0000\n", notify.Late{}},
		"still tried, with a wrong status":     {group("delayed", "5.1.1", "smtp; 550 5.1.1"), notify.Late{}},
		"arrived":                              {group("delivered", "2.1.5", "smtp; 250 2.1.5 ok"), notify.Late{}},
		"one of two":                           {group("failed", "5.1.1", "smtp; 550") + "\n" + group("relayed", "2.1.9", "smtp; 250"), notify.Late{}},
		"both, one for another reason":         {group("failed", "5.1.1", "smtp; 550") + "\n" + group("failed", "5.2.2", "smtp; 552"), failed("5.2.2")},
		"nobody":                               {"", notify.Late{}},
		"nonsense":                             {"a\x00b\n: :\n", notify.Late{}},
	} {
		r, err := ReadReport([]byte(report(ours, c.groups)))
		if err != nil || r.Token != aToken || r.Late != c.want {
			t.Errorf("%s: %+v, %v; want %+v", name, r, err, c.want)
		}
	}
}

// TestWhatIsNoReport: answers of people who are away, mails to another address, other kinds
// of reports, one that is cut off, one that is no mail.
func TestWhatIsNoReport(t *testing.T) {
	ours := "bounces+" + strings.ToUpper(aToken) + "@clinic.example"
	fails := group("failed", "5.1.1", "smtp; 550 5.1.1")
	whole := report(ours, fails)
	if r, err := ReadReport([]byte(whole)); err != nil || !r.About() {
		t.Fatalf("a mail host that writes large letters: %+v %v", r, err)
	}
	for name, mail := range map[string]string{
		"an answer":          "To: " + ours + "\r\nSubject: I am away\r\nContent-Type: text/plain\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n",
		"to another":         report("bounces@clinic.example", fails),
		"a token too short":  report("bounces+"+aToken[1:]+"@clinic.example", fails),
		"read, not bounced":  strings.Replace(whole, "delivery-status;", "disposition-notification;", 1),
		"cut before":         whole[:strings.Index(whole, "Content-Type: message/delivery-status")],
		"no boundary":        strings.Replace(whole, "boundary=", "bound=", 1),
		"too deep":           strings.Replace(whole, "Content-Type: message/delivery-status", "Content-Type: text/plain", 1),
		"one part too many":  strings.Replace(whole, "This is a MIME", strings.Repeat("--9F0B.1772463600/mx.example.org\r\n\r\nx\r\n", maxParts)+"This is a MIME", 1),
		"another encoding":   strings.Replace(whole, "Content-Type: message/delivery-status", "Content-Transfer-Encoding: x-none\r\nContent-Type: message/delivery-status", 1)[:900],
		"only headers of us": "To: " + ours + "\r\n\r\n",
	} {
		if r, err := ReadReport([]byte(mail)); err != nil || r.About() {
			t.Errorf("%s: %+v %v", name, r, err)
		}
	}
	for name, raw := range map[string]string{"nothing": "", "no mail": "\x00\x01\x02", "too long": whole + strings.Repeat("x", MaxReport)} {
		if _, err := ReadReport([]byte(raw)); err == nil || strings.Contains(err.Error(), "example") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadReport(f *testing.F) {
	ours := "bounces+" + aToken + "@clinic.example"
	for _, g := range []string{group("failed", "5.1.1", "smtp; 550 5.1.1"), group("delayed", "4.4.1", "smtp; 451"), "Action: failed\n\n\nAction: failed\nStatus: 5"} {
		f.Add([]byte(report(ours, g)))
	}
	f.Add([]byte("Content-Type: multipart/report; report-type=delivery-status; boundary=a\r\nTo: x+" + aToken + "@a\r\n\r\n--a\r\n--a\r\n--a--"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ReadReport(raw)
		switch {
		case err != nil && (r.Late != notify.Late{}):
			t.Errorf("an error and %+v", r)
		case r.Token != "" && len(r.Token) != notify.ReturnTokenLen:
			t.Errorf("a token %q", r.Token)
		case r.Late.Outcome != 0 && r.Late.Outcome != notify.Gone && r.Late.Outcome != notify.Permanent:
			t.Errorf("%+v", r.Late)
		case len(r.Late.Code) > 10 || strings.ContainsAny(r.Late.Code, "@\r\n"):
			t.Errorf("a code of theirs is too much: %q", r.Late.Code)
		case r.Late.Outcome == notify.Gone && !mailboxGone(r.Late.Code) && r.Late.Code != unroutable:
			t.Errorf("%q marks an address", r.Late.Code)
		}
	})
}
