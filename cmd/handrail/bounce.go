package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"handrail/notify/mail"
	"handrail/notify/webhook"
)

// errAgain is what may work later.
var errAgain = errors.New("try again later")

// bounceTime is how long the server may take. Mail hosts wait longer for a command.
const bounceTime = 30 * time.Second

// runBounce hands one mail to the server. It opens no store and needs no key file: the mail
// host need be no machine of the clinic's records. Errors: errAgain where the server does
// not answer, so that the mail host keeps the mail.
func runBounce(ctx context.Context, c *call) error {
	s, _, err := c.settings(0, nil)
	if err != nil {
		return err
	}
	if len(s.channels.bounceSecret) == 0 {
		return fmt.Errorf("%w: %sSMTP_BOUNCE_SECRET is needed, the same as at the server", errUsage, prefix)
	}
	if c.in == nil {
		return fmt.Errorf("%w: a mail is needed on standard input", errUsage)
	}
	raw, err := io.ReadAll(io.LimitReader(c.in, mail.MaxReport+1))
	switch {
	case err != nil:
		return fmt.Errorf("%w: the mail could not be read", errAgain)
	case len(raw) > mail.MaxReport:
		return fmt.Errorf("the mail is longer than %d bytes: it is no report of a mail of ours", mail.MaxReport)
	}
	outcome, err := s.handOn(ctx, raw)
	if err == nil {
		fmt.Fprintf(c.out, "The report was taken: %s.\n", outcome)
	}
	return err
}

// handOn signs and sends it. The id is the mail's own hash: handed on twice it has one.
func (s settings) handOn(ctx context.Context, raw []byte) (outcome string, err error) {
	body, err := json.Marshal(map[string][]byte{"message": raw})
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, bounceTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address()+"/v1/mail/returns", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	id, at := hex.EncodeToString(sum[:]), strconv.FormatInt(s.now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("webhook-id", id)
	req.Header.Set("webhook-timestamp", at)
	req.Header.Set("webhook-signature", webhook.Sign(s.channels.bounceSecret, id, at, body))
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return "", fmt.Errorf("%w: the server at --base-url does not answer", errAgain)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusUnprocessableEntity || res.StatusCode == http.StatusBadRequest:
		return "", errors.New("the server says that this is no e-mail")
	case res.StatusCode != http.StatusOK: // the secret, the clock, an older server: the operator mends it meanwhile
		return "", fmt.Errorf("%w: the server answers %d; is the secret the same, and the clock right?", errAgain, res.StatusCode)
	}
	var out struct{ Outcome string }
	if err := json.NewDecoder(io.LimitReader(res.Body, 64<<10)).Decode(&out); err != nil {
		return "", fmt.Errorf("%w: the answer of the server was cut off", errAgain)
	}
	return out.Outcome, nil
}
