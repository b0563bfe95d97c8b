package relay

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pion/stun/v4"
	"github.com/pion/turn/v5"

	"handrail/video/signal"
)

// credentialLife is how long credentials can open an allocation. One that is open can
// be kept for a day: a visit must not break because its credentials ended.
const (
	credentialLife = 10 * time.Minute
	keepLife       = 24 * time.Hour
)

// Servers gives a person the TURN servers with credentials of their own, in the
// form of draft-uberti-behave-turn-rest-00, which coturn understands as well. The
// user name crosses the network in the clear, so it holds no id.
func (r *Relay) Servers(person string) []signal.ICEServer {
	user := fmt.Sprintf("%d:%s", r.now().Add(credentialLife).Unix(), r.alias(person))
	host := func(port int) string { return r.config.Host + ":" + strconv.Itoa(port) }
	urls := []string{"turn:" + host(r.port) + "?transport=udp", "turn:" + host(r.port) + "?transport=tcp"}
	if r.tls != 0 {
		urls = append(urls, "turns:"+host(r.tls)+"?transport=tcp")
	}
	urls = append(urls, r.config.External...)
	return []signal.ICEServer{{URLs: urls, Username: user, Credential: r.password(user)}}
}

func (r *Relay) now() time.Time {
	if r.config.Now == nil {
		return time.Now()
	}
	return r.config.Now()
}

// password is HMAC-SHA1 because the draft and coturn say so; it is a MAC over a random
// secret, for which SHA-1 still holds.
func (r *Relay) password(user string) string {
	m := hmac.New(sha1.New, r.config.Secret)
	m.Write([]byte(user))
	return base64.StdEncoding.EncodeToString(m.Sum(nil))
}

func (r *Relay) alias(person string) string {
	m := hmac.New(sha256.New, r.config.Secret)
	m.Write([]byte("alias:" + person))
	return hex.EncodeToString(m.Sum(nil)[:8])
}

func owner(user string) string {
	if _, name, ok := strings.Cut(user, ":"); ok {
		return name
	}
	return user
}

// auth answers with the key of a user name that we gave out and that has not ended.
func (r *Relay) auth(a *turn.RequestAttributes) (string, []byte, bool) {
	stamp, name, ok := strings.Cut(a.Username, ":")
	until, err := strconv.ParseInt(stamp, 10, 64)
	if !ok || err != nil || name == "" {
		return "", nil, false
	}
	if a.Method != stun.MethodAllocate {
		until += int64(keepLife / time.Second)
	}
	if r.now().Unix() > until {
		return "", nil, false
	}
	return name, turn.GenerateAuthKey(a.Username, a.Realm, r.password(a.Username)), true
}
