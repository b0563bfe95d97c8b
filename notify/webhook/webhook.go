// Package webhook signs and checks requests between this program and the programs of a
// clinic beside it (SMS gateway, mail host), as Standard Webhooks has it.
package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"
)

// MinSecret is the least length of a shared secret, in bytes.
const MinSecret = 24

// Tolerance is how old, or how far ahead, a signed request may be, as Standard Webhooks
// advises.
const Tolerance = 5 * time.Minute

// Sign makes the header webhook-signature: "v1," and the base64 of HMAC-SHA256 over
// id.timestamp.body. The timestamp is in Unix seconds.
func Sign(secret []byte, id, timestamp string, body []byte) string {
	return "v1," + base64.StdEncoding.EncodeToString(sum(secret, id, timestamp, body))
}

// Verify checks what somebody signed: signatures may hold several with spaces between
// them, of which one must fit. It gives the time of signing. The error says nothing of
// which part was wrong.
func Verify(secret []byte, id, timestamp, signatures string, body []byte, now time.Time) (time.Time, error) {
	wrong := errors.New("webhook: the request is not signed as it must be")
	unix, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || id == "" || len(id) > 256 || len(secret) < MinSecret {
		return time.Time{}, wrong
	}
	at := time.Unix(unix, 0).UTC()
	if d := now.Sub(at); d > Tolerance || d < -Tolerance {
		return time.Time{}, wrong
	}
	want := sum(secret, id, timestamp, body)
	for s := range strings.FieldsSeq(signatures) {
		version, text, _ := strings.Cut(s, ",")
		if got, err := base64.StdEncoding.DecodeString(text); version == "v1" && err == nil && hmac.Equal(got, want) {
			return at, nil
		}
	}
	return time.Time{}, wrong
}

func sum(secret []byte, id, timestamp string, body []byte) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte(id + "." + timestamp + "."))
	m.Write(body)
	return m.Sum(nil)
}
