// Package mail hands messages to a mail server by SMTP. A mail says one neutral
// sentence of the allow-list and where to sign in.
package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	netmail "net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	smtp "github.com/wneessen/go-mail"

	"handrail/notify"
)

// Config says which server sends, and as whom.
type Config struct {
	Host     string
	Port     int    // 587 when 0; 465 speaks TLS from the start
	User     string // "": no sign-in
	Password string
	From     string // "no-reply@example.org": the name of a programme must not be in it
	// Bounces is where mails that can't be delivered come back to: "bounces@example.org". Each
	// mail's envelope sender has a token of its own in it, "bounces+TOKEN@example.org". "": From.
	Bounces string
	TLS     *tls.Config // nil: the host's certificate is checked against the system's roots

	implicit bool // of tests: TLS from the start at another port than 465
}

// Channel sends by SMTP.
type Channel struct {
	config Config
	domain string
}

var _ notify.Channel = (*Channel)(nil)

// New makes the channel. Its error is a sentence for the operator.
func New(c Config) (*Channel, error) {
	c.Port = cmp.Or(c.Port, 587)
	if c.Host == "" {
		return nil, errors.New("no mail server is named")
	}
	from, err := netmail.ParseAddress(c.From)
	if err != nil {
		return nil, errors.New("the sender of mails is no e-mail address")
	}
	if c.Bounces != "" {
		if err := CheckBounces(c.Bounces); err != nil {
			return nil, err
		}
	}
	ch := &Channel{c, from.Address[strings.LastIndex(from.Address, "@")+1:]}
	_, err = ch.client(context.Background())
	return ch, err
}

// client makes a connection that insists on TLS: STARTTLS, or from the start on 465.
// It ends with ctx, at whatever step it is.
func (c *Channel) client(ctx context.Context) (*smtp.Client, error) {
	opts := []smtp.Option{smtp.WithDialContextFunc(c.dialer(ctx)), smtp.WithPort(c.config.Port), smtp.WithTLSPolicy(smtp.TLSMandatory), smtp.WithTimeout(20 * time.Second), smtp.WithoutNoop()}
	if c.fromTheStart() {
		opts = append(opts, smtp.WithSSL())
	}
	if c.config.TLS != nil {
		opts = append(opts, smtp.WithTLSConfig(c.config.TLS))
	}
	if c.config.User != "" {
		// Whichever way, it is within TLS: the server is asked for it before the sign-in.
		opts = append(opts, smtp.WithOpportunisticSMTPAuth(smtp.SMTPAuthSCRAMSHA256PLUS, smtp.SMTPAuthSCRAMSHA256, smtp.SMTPAuthSCRAMSHA1PLUS,
			smtp.SMTPAuthSCRAMSHA1, smtp.SMTPAuthCramMD5, smtp.SMTPAuthPlain, smtp.SMTPAuthLogin), smtp.WithUsername(c.config.User), smtp.WithPassword(c.config.Password))
	}
	client, err := smtp.NewClient(c.config.Host, opts...)
	if err != nil {
		return nil, errors.New("the settings of the mail server can't be used")
	}
	return client, nil
}

// Name implements notify.Channel.
func (*Channel) Name() string { return notify.ChannelEmail }

// Check connects, asks for TLS and signs in, and sends nothing.
func (c *Channel) Check(ctx context.Context) error {
	client, err := c.client(ctx)
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return errors.New("the mail server can't be used: it does not answer, offers no TLS with a valid certificate, or refuses the sign-in")
	}
	return client.Close()
}

// Send implements notify.Channel: all of a batch in one connection.
func (c *Channel) Send(ctx context.Context, batch []notify.Message) []notify.Result {
	out := make([]notify.Result, len(batch))
	client, err := c.client(ctx)
	if err == nil {
		err = client.DialWithContext(ctx)
	}
	for i, m := range batch {
		if err != nil || ctx.Err() != nil {
			out[i] = notify.Result{Outcome: notify.Retry, Code: "not-sent"}
			continue
		}
		var msg *smtp.Msg
		if msg, out[i] = c.compose(m); msg == nil {
			continue
		}
		if sendErr := client.Send(msg); !msg.IsDelivered() {
			out[i] = classify(sendErr)
		} else {
			out[i] = notify.Result{Outcome: notify.Accepted, ID: m.Payload.ID.String()}
		}
	}
	if err == nil {
		_ = client.Close() // every message has its answer already
	}
	return out
}

// compose writes the mail, or says why it can't.
func (c *Channel) compose(m notify.Message) (*smtp.Msg, notify.Result) {
	msg := smtp.NewMsg(smtp.WithNoDefaultUserAgent())
	if msg.From(c.config.From) != nil || msg.To(m.To.To) != nil {
		return nil, notify.Result{Outcome: notify.Permanent, Code: "bad-address"}
	}
	if c.config.Bounces != "" && m.Return != "" {
		if from, err := verp(c.config.Bounces, m.Return); err != nil || msg.EnvelopeFrom(from) != nil {
			return nil, notify.Result{Outcome: notify.Permanent, Code: "bad-sender"}
		}
	}
	msg.Subject(m.Text.Title())
	msg.SetDate()
	// A mail that is sent twice is one mail: its id is the occurrence's.
	msg.SetMessageIDWithValue(fmt.Sprintf("%s@%s", m.Payload.ID, c.domain))
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no answers, no vacation notes
	body := m.Text.Body() + "\r\n"
	if m.More.Open.Body() != "" {
		body += "\r\n" + m.More.Open.Body() + "\r\n"
	}
	if m.Links.Open != "" {
		body += m.Links.Open + "\r\n"
	}
	if strings.HasPrefix(m.Links.Unsubscribe, "https://") {
		if msg.SetListUnsubscribeOneClick(m.Links.Unsubscribe) != nil { // RFC 8058
			return nil, notify.Result{Outcome: notify.Permanent, Code: "bad-link"}
		}
	} else if m.Links.Unsubscribe != "" { // a demo without TLS: RFC 2369 alone
		msg.SetListUnsubscribe("<" + m.Links.Unsubscribe + ">")
	}
	msg.SetBodyString(smtp.TypeTextPlain, body)
	return msg, notify.Result{}
}

// CheckBounces tells what is wrong with an address for mails that come back. The text is a
// sentence for the operator.
func CheckBounces(address string) error {
	_, err := verp(address, strings.Repeat("a", notify.ReturnTokenLen))
	return err
}

// verp puts a token into an address, after a plus (RFC 5233).
func verp(address, token string) (string, error) {
	a, err := netmail.ParseAddress(address)
	if err != nil || a.Name != "" || a.Address != address {
		return "", errors.New("an e-mail address without a name is needed for mails that come back")
	}
	at := strings.LastIndex(address, "@")
	if at+1+len(token) > maxLocal || strings.Contains(address[:at], "+") {
		return "", fmt.Errorf("for mails that come back an address is needed with %d letters at most before the @, and no +", maxLocal-1-notify.ReturnTokenLen)
	}
	return address[:at] + "+" + token + address[at:], nil
}

// maxLocal is the most octets before the @ (RFC 5321 section 4.5.3.1.1).
const maxLocal = 64

// classify reads an error of SMTP (RFC 5321 section 4.2.1). Its text is not kept: it
// names the address.
func classify(err error) notify.Result {
	e, ok := errors.AsType[*smtp.SendError](err)
	if !ok {
		return notify.Result{Outcome: notify.Lost, Code: "answer-lost"}
	}
	code := e.ErrorCode()
	r := notify.Result{Outcome: notify.Permanent, Code: strconv.Itoa(code)}
	switch {
	case e.Reason == smtp.ErrSMTPDataClose && code == 0:
		r.Outcome, r.Code = notify.Lost, "answer-lost" // the dot was sent
	case e.IsTemp() || code == 0:
		r.Outcome = notify.Retry
	case (code == 550 || code == 551 || code == 553) && noMailbox(e):
		r.Outcome = notify.Gone
	}
	return r
}

// noMailbox tells a mailbox that is not there from a mail, or a sender, that is not liked
// (550 5.7.1): that says nothing of the address (RFC 3463 section 3.2, RFC 7505).
func noMailbox(e *smtp.SendError) bool {
	code := e.EnhancedStatusCode()
	switch {
	case mailboxGone(code):
		return e.Reason == smtp.ErrSMTPRcptTo || e.Reason == smtp.ErrSMTPDataClose
	case code == "" || code == "5.0.0":
		return e.Reason == smtp.ErrSMTPRcptTo
	}
	return false
}

// mailboxGone tells the codes that speak of the mailbox itself.
func mailboxGone(code string) bool {
	return slices.Contains([]string{"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}, code)
}
