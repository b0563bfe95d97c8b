package mail

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	mime "github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"

	"handrail/notify"
)

// MaxReport is the longest mail that is read as a report, in bytes. Reports carry the mail
// that they are about, and ours are short.
const MaxReport = 256 << 10

const (
	maxParts      = 20 // of a report; it has three
	maxRecipients = 20 // of a mail that was for one
)

// Report is what a mail host says of a mail that it took (RFC 3464).
type Report struct {
	Token string // of the mail's envelope sender; "": this is about no mail of ours
	Late  notify.Late
}

// About tells whether it says something of one of our mails.
func (r Report) About() bool { return r.Token != "" && r.Late.Outcome != 0 }

// ReadReport reads a mail that came to the address for mails that come back. One that is no
// report, such as the answer of somebody who is away, or that speaks of a delay, says nothing:
// its Late is empty. The error is of something that is no mail at all; it holds none of it.
func ReadReport(raw []byte) (Report, error) {
	var r Report
	if len(raw) > MaxReport {
		return r, errors.New("mail: a report is too long")
	}
	m, err := mime.Read(bytes.NewReader(raw))
	if m == nil || err != nil && !mime.IsUnknownCharset(err) && !mime.IsUnknownEncoding(err) || m.Header.Len() == 0 {
		return r, errors.New("mail: this is no mail as RFC 5322 has it")
	}
	r.Token = tokenIn(m.Header)
	kind, params, err := m.Header.ContentType()
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return r, nil
	}
	parts := m.MultipartReader()
	if parts == nil {
		return r, nil
	}
	defer parts.Close()
	for range maxParts {
		part, err := parts.NextPart()
		if part == nil || err != nil && !mime.IsUnknownCharset(err) && !mime.IsUnknownEncoding(err) {
			return r, nil // the end, or cut off before it said anything
		}
		if kind, _, _ := part.Header.ContentType(); kind == "message/delivery-status" || kind == "message/global-delivery-status" {
			r.Late = readStatus(part.Body)
			return r, nil
		}
	}
	return r, nil
}

// whereTo are the fields that name to whom a report goes: the envelope sender of our mail.
var whereTo = []string{"To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Resent-To"}

var tokenForm = regexp.MustCompile(`(?i)\+([a-z2-7]{42})@`)

func tokenIn(h mime.Header) string {
	for _, name := range whereTo {
		for f := h.FieldsByKey(name); f.Next(); {
			if found := tokenForm.FindStringSubmatch(f.Value()); found != nil {
				return strings.ToLower(found[1])
			}
		}
	}
	return ""
}

// readStatus reads the fields of a report: those of the message, then a group for each
// recipient (RFC 3464 section 2.1). A mail of ours has one recipient; where their host made
// several of it, what is said of the address must hold for all.
func readStatus(body io.Reader) notify.Late {
	in := bufio.NewReader(io.LimitReader(body, MaxReport))
	if _, err := textproto.ReadHeader(in); err != nil {
		return notify.Late{}
	}
	var all []notify.Late
	for range maxRecipients {
		h, err := textproto.ReadHeader(in)
		if h.Len() > 0 {
			all = append(all, recipient(h))
		}
		if err != nil {
			break
		}
		if _, err := in.Peek(1); err != nil {
			break
		}
	}
	if len(all) == 0 || slices.ContainsFunc(all, func(l notify.Late) bool { return l.Outcome == 0 }) {
		return notify.Late{}
	}
	// The mildest: one of them that only this mail did not reach is an address that is there.
	return slices.MaxFunc(all, func(a, b notify.Late) int { return cmp.Compare(a.Outcome, b.Outcome) })
}

var (
	statusForm     = regexp.MustCompile(`^\s*([245]\.\d{1,3}\.\d{1,3})(?:\D|$)`)
	diagnosticForm = regexp.MustCompile(`(?i)^\s*smtp\s*;\s*\d{3}[ -]\s*([245]\.\d{1,3}\.\d{1,3})(?:\D|$)`)
)

// recipient reads what is said of one. Only "failed" is of use: "delayed" is still tried,
// and that "delivered", "relayed" or "expanded" arrived anywhere nobody can rely on.
func recipient(h textproto.Header) notify.Late {
	if action, _, _ := strings.Cut(h.Get("Action"), "("); !strings.EqualFold(strings.TrimSpace(action), "failed") {
		return notify.Late{}
	}
	status := first(statusForm, h.Get("Status"))
	if status == "" || strings.HasSuffix(status, ".0.0") { // what the last server said is the better word
		status = cmp.Or(first(diagnosticForm, h.Get("Diagnostic-Code")), status)
	}
	out := notify.Late{Outcome: notify.Permanent, Code: cmp.Or(status, "failed")}
	if mailboxGone(status) || status == unroutable {
		out.Outcome = notify.Gone
	}
	return out
}

// unroutable is what a relay says of a domain that is not there (RFC 3463 X.4.4): no answer
// to us, for our own server takes the mail first.
const unroutable = "5.4.4"

func first(form *regexp.Regexp, s string) string {
	if found := form.FindStringSubmatch(s); found != nil {
		return found[1]
	}
	return ""
}
