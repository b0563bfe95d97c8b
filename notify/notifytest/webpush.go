package notifytest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"handrail/notify"
)

// Push is a push service with browsers that subscribed to it. It decrypts what it
// gets (RFC 8291) and checks who sent it (RFC 8292).
type Push struct {
	// Answer says what to answer for a browser; nil, or status 0, accepts.
	Answer func(name string) (status int, retryAfter string)
	// Took is told of each message that is taken, as the browser is: before the sender
	// knows of it.
	Took func(PushMessage)

	server   *httptest.Server
	mu       sync.Mutex
	browsers map[string]*browser
	got      []PushMessage
	wrong    []string
}

type browser struct {
	key    *ecdh.PrivateKey
	auth   []byte
	sender string // the public VAPID key that it subscribed with
}

// PushMessage is one message as the browser's service worker gets it.
type PushMessage struct {
	Browser string
	Body    string
	TTL     int
	Topic   string
	Urgency string
	Size    int // of the body on the wire
}

// NewPush starts a push service. Close it.
func NewPush() *Push {
	p := &Push{browsers: map[string]*browser{}}
	p.server = httptest.NewServer(p)
	return p
}

// Close stops it.
func (p *Push) Close() { p.server.Close() }

// URL is where its endpoints are.
func (p *Push) URL() string { return p.server.URL }

// Subscribe makes a browser that takes messages of a sender.
func (p *Push) Subscribe(name, vapidPublic string) notify.Address {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		panic(err) // the system's random numbers are gone
	}
	b := &browser{key, make([]byte, 16), vapidPublic}
	rand.Read(b.auth)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.browsers[name] = b
	enc := base64.RawURLEncoding
	return notify.Address{To: p.server.URL + "/push/" + name, P256dh: enc.EncodeToString(key.PublicKey().Bytes()), Auth: enc.EncodeToString(b.auth)}
}

// Got lists what was accepted.
func (p *Push) Got() []PushMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]PushMessage(nil), p.got...)
}

// Wrong lists what was not as the standards say.
func (p *Push) Wrong() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.wrong...)
}

// ServeHTTP implements http.Handler.
func (p *Push) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/push/")
	p.mu.Lock()
	b := p.browsers[name]
	p.mu.Unlock()
	if b == nil {
		w.WriteHeader(http.StatusGone)
		return
	}
	if p.Answer != nil {
		if status, after := p.Answer(name); status != 0 {
			if after != "" {
				w.Header().Set("Retry-After", after)
			}
			w.WriteHeader(status)
			return
		}
	}
	m, err := b.receive(r, p.server.URL)
	m.Browser = name
	count := p.note(m, err)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if p.Took != nil {
		p.Took(m)
	}
	w.Header().Set("Location", p.server.URL+"/message/"+strconv.Itoa(count))
	w.WriteHeader(http.StatusCreated)
}

// note keeps a message, or what is wrong with it, and gives the number of messages.
func (p *Push) note(m PushMessage, err error) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		p.wrong = append(p.wrong, err.Error())
	} else {
		p.got = append(p.got, m)
	}
	return len(p.got)
}

// receive checks and decrypts one request.
func (b *browser) receive(r *http.Request, origin string) (PushMessage, error) {
	var m PushMessage
	var err error
	if m.TTL, err = strconv.Atoi(r.Header.Get("TTL")); err != nil || m.TTL < 0 {
		return m, errors.New("TTL is missing (RFC 8030 section 5.2)")
	}
	m.Topic, m.Urgency = r.Header.Get("Topic"), r.Header.Get("Urgency")
	if raw, err := base64.RawURLEncoding.DecodeString(m.Topic); m.Topic != "" && (len(m.Topic) > 32 || err != nil || len(raw) == 0) {
		return m, errors.New("Topic is not at most 32 characters of base64url (RFC 8030 section 5.4)")
	}
	if r.Header.Get("Content-Encoding") != "aes128gcm" {
		return m, errors.New("content encoding is not aes128gcm (RFC 8291 section 4)")
	}
	if err := b.checkSender(r.Header.Get("Authorization"), origin); err != nil {
		return m, err
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
	if err != nil {
		return m, err
	}
	m.Size = len(body)
	if len(body) > 4096 {
		return m, errors.New("larger than 4096 bytes (RFC 8030 section 7.2)")
	}
	plain, err := b.decrypt(body)
	m.Body = string(plain)
	return m, err
}

// checkSender checks the VAPID header (RFC 8292 sections 2 and 3).
func (b *browser) checkSender(header, origin string) error {
	params := map[string]string{}
	rest, ok := strings.CutPrefix(header, "vapid ")
	for _, part := range strings.Split(rest, ",") {
		k, v, _ := strings.Cut(strings.TrimSpace(part), "=")
		params[k] = v
	}
	if !ok || params["k"] != b.sender {
		return errors.New("vapid: not the key that the page subscribed with")
	}
	point, err := base64.RawURLEncoding.DecodeString(params["k"])
	if err != nil {
		return err
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		return err
	}
	claims := jwt.MapClaims{}
	_, err = jwt.ParseWithClaims(params["t"], claims, func(*jwt.Token) (any, error) { return key, nil },
		jwt.WithValidMethods([]string{"ES256"}), jwt.WithAudience(origin), jwt.WithExpirationRequired())
	if err != nil {
		return fmt.Errorf("vapid: %w", err)
	}
	if exp, _ := claims.GetExpirationTime(); time.Until(exp.Time) > 24*time.Hour {
		return errors.New("vapid: valid for more than 24 hours")
	}
	sub, _ := claims.GetSubject()
	if !strings.HasPrefix(sub, "mailto:") && !strings.HasPrefix(sub, "https://") || strings.HasPrefix(sub, "mailto:mailto:") {
		return errors.New("vapid: sub is no contact")
	}
	return nil
}

// decrypt opens a message of one record (RFC 8188 section 2, RFC 8291 section 3.4).
func (b *browser) decrypt(body []byte) ([]byte, error) {
	if len(body) < 21+65 || body[20] != 65 {
		return nil, errors.New("no aes128gcm header")
	}
	salt, size, point, text := body[:16], binary.BigEndian.Uint32(body[16:20]), body[21:86], body[86:]
	if uint32(len(text)) > size {
		return nil, errors.New("the record is larger than it says")
	}
	sender, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		return nil, err
	}
	shared, err := b.key.ECDH(sender)
	if err != nil {
		return nil, err
	}
	info := "WebPush: info\x00" + string(b.key.PublicKey().Bytes()) + string(point)
	ikm, err := hkdf.Key(sha256.New, shared, b.auth, info, 32)
	if err != nil {
		return nil, err
	}
	cek, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, err
	}
	nonce, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(cek)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, nonce, text, nil)
	if err != nil {
		return nil, err
	}
	plain = []byte(strings.TrimRight(string(plain), "\x00"))
	if len(plain) == 0 || plain[len(plain)-1] != 2 {
		return nil, errors.New("the last record does not end with 2")
	}
	return plain[:len(plain)-1], nil
}
