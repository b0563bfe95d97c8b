package notify

import (
	"context"
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"handrail/store"
)

// VAPID is a key pair that push services know a sender by (RFC 8292), as base64url
// without padding: the public key is an uncompressed point of P-256.
type VAPID struct {
	Private string `json:"private"`
	Public  string `json:"public"`
}

// NewVAPID makes a key pair.
func NewVAPID() (VAPID, error) {
	k, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return VAPID{}, err
	}
	enc := base64.RawURLEncoding
	return VAPID{enc.EncodeToString(k.Bytes()), enc.EncodeToString(k.PublicKey().Bytes())}, nil
}

// Check tells what is wrong with a key pair. The text names no key.
func (v VAPID) Check() error {
	raw, err := base64.RawURLEncoding.DecodeString(v.Private)
	if err != nil {
		return errors.New("the private VAPID key is not base64url")
	}
	k, err := ecdh.P256().NewPrivateKey(raw)
	if err != nil {
		return errors.New("the private VAPID key is no key of P-256")
	}
	if base64.RawURLEncoding.EncodeToString(k.PublicKey().Bytes()) != v.Public {
		return errors.New("the public VAPID key does not belong to the private one")
	}
	return nil
}

// siteKeys are the secrets of this package. They are made once and kept: a new
// VAPID key would silence every browser that has subscribed.
type siteKeys struct {
	VAPID VAPID  `json:"vapid"`
	Links []byte `json:"links"` // signs the links of e-mails, hashes numbers and tokens
}

const keysID = "keys"

func loadKeys(ctx context.Context, s store.Store) (siteKeys, error) {
	var k siteKeys
	d, err := s.Get(ctx, colSite, keysID)
	if err == nil {
		return k, json.Unmarshal(d.Body, &k)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return k, fmt.Errorf("notify: the site's keys: %w", err)
	}
	if k.VAPID, err = NewVAPID(); err != nil {
		return k, err
	}
	k.Links = make([]byte, 32)
	rand.Read(k.Links)
	body, err := json.Marshal(k)
	if err != nil {
		return k, err
	}
	from, err := sharedFromDoc(time.Time{}) // no older program ever ran on this store
	if err != nil {
		return k, err
	}
	err = s.Batch(ctx, store.Insert(colSite, store.Doc{ID: keysID, Owner: store.Site, Body: body}), store.Insert(colSite, from))
	if errors.Is(err, store.ErrExists) { // another instance was faster
		return loadKeys(ctx, s)
	}
	return k, err
}

// Keys reads, or makes, the VAPID keys of a site, for webpush.New.
func Keys(ctx context.Context, s store.Store) (VAPID, error) {
	k, err := loadKeys(ctx, s)
	return k.VAPID, err
}

// WebPushKey is the applicationServerKey that a page subscribes with.
func (n *Notifier) WebPushKey() string { return n.keys.VAPID.Public }

// hash hides an address in an index key.
func (k siteKeys) hash(what, value string) string {
	m := hmac.New(sha256.New, k.Links)
	m.Write([]byte(what + "\x00" + value))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}
