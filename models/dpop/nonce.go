package dpop

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// NonceLife is how long a nonce holds. The memory of proofs that were seen covers it.
const NonceLife = 5 * time.Minute

// NonceAhead is how far the clocks of two instances may differ.
const NonceAhead = time.Minute

// Nonce makes a nonce of an instant (RFC 9449, section 8): the time of the server, and a
// MAC of it under a secret of the site. It is kept nowhere, holds at every instance, and
// tells the time in place of the device, whose clock may be days off.
func Nonce(secret []byte, at time.Time) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(at.UnixMilli()))
	return base64.RawURLEncoding.EncodeToString(append(b, nonceMAC(secret, b)...))
}

func nonceMAC(secret, at []byte) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte("dpop-nonce"))
	m.Write(at)
	return m.Sum(nil)[:16]
}

// NonceAt tells when a nonce was made, and whether it holds now.
func NonceAt(secret []byte, nonce string, now time.Time) (time.Time, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(nonce)
	if err != nil || len(nonce) != 32 || len(b) != 24 || !hmac.Equal(b[8:], nonceMAC(secret, b[:8])) {
		return time.Time{}, false
	}
	at := time.UnixMilli(int64(binary.BigEndian.Uint64(b)))
	age := now.Sub(at)
	return at, age < NonceLife && age > -NonceAhead
}
