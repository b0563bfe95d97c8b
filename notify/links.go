package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"handrail/models"
)

// link is a signed token: account, end (Unix seconds, 0 for none) and a keyed hash
// over them, the purpose and the address that it was made for.
func (n *Notifier) link(purpose, accountID, about string, end time.Time) string {
	unix := int64(0)
	if !end.IsZero() {
		unix = end.Unix()
	}
	head := accountID + "." + strconv.FormatInt(unix, 36)
	return head + "." + n.keys.sign(purpose, head, about)
}

func (k siteKeys) sign(parts ...string) string {
	m := hmac.New(sha256.New, k.Links)
	m.Write([]byte("link\x00" + strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:18])
}

func errLink() error {
	return models.E(models.KindGone, "link-ended", "This link does not work any more.")
}

// openLink gives the account of a token; check says what it must have been made for.
func (n *Notifier) openLink(ctx context.Context, purpose, token string, about func(*person) string) (string, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(token) > 200 {
		return "", errLink()
	}
	end, err := strconv.ParseInt(parts[1], 36, 64)
	if err != nil || end != 0 && n.now().Unix() > end {
		return "", errLink()
	}
	p, err := n.person(ctx, parts[0])
	if models.KindOf(err) == models.KindNotFound {
		return "", errLink()
	}
	if err != nil {
		return "", err
	}
	want := n.keys.sign(purpose, parts[0]+"."+parts[1], about(p))
	if !hmac.Equal([]byte(want), []byte(parts[2])) {
		return "", errLink()
	}
	return parts[0], nil
}
