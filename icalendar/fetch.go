package icalendar

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"handrail/models"
	"handrail/publicnet"
)

// The bounds of one fetch.
const (
	fetchTime    = 10 * time.Second // until it begins to answer
	readTime     = 25 * time.Second // for all of it
	maxRedirects = 3
)

// Fetcher reads calendars from addresses that people give. Whoever gives an address
// chooses where this program connects to, so that it connects to the public
// internet only, and what comes back is bounded.
type Fetcher struct {
	// HTTP lets addresses without TLS be read too.
	HTTP bool
	// Public tells which addresses may be connected to; nil: publicnet.Contains.
	Public func(netip.Addr) bool
	// Transport is for tests that trust a certificate of their own.
	Transport *http.Transport
}

// Fetched is what came with a calendar, or the news that it is still the same.
type Fetched struct {
	Same     bool
	ETag     string
	Modified string // Last-Modified, as it came
}

// CheckURL tidies an address, without looking at what is there. webcal is the
// calendar programs' own name for https.
//
// Errors: invalid input, field url.
func (f *Fetcher) CheckURL(text string) (string, error) {
	var c models.Checks
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" || u.Opaque != "" || len(text) > 2000 {
		c.Fail("url", "bad-address", "This is no web address of a calendar.")
		return "", c.Err()
	}
	if u.Scheme == "webcal" || u.Scheme == "webcals" {
		u.Scheme = "https"
	}
	c.Require(f.allows(u), "url", "not-https", "The address of a calendar begins with https://.")
	c.Require(u.User == nil, "url", "no-password", "An address with a name or a password in it can't be used.")
	u.Fragment = ""
	return u.String(), c.Err()
}

func (f *Fetcher) allows(u *url.URL) bool { return u.Scheme == "https" || u.Scheme == "http" && f.HTTP }

// Fetch lets read take in a calendar as it comes. etag and modified are those of the
// copy that is held; when it is still the same, read is not called.
//
// Errors are *models.Error that say what went wrong in plain words, without the
// address, which is a secret of its owner.
func (f *Fetcher) Fetch(ctx context.Context, address, etag, modified string, read func(context.Context, io.Reader) error) (Fetched, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	rq, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || !f.allows(rq.URL) {
		return Fetched{}, notReached()
	}
	rq.Header.Set("Accept", "text/calendar, */*;q=0.1")
	rq.Header.Set("User-Agent", "Handrail")
	if etag != "" {
		rq.Header.Set("If-None-Match", etag)
	}
	if modified != "" {
		rq.Header.Set("If-Modified-Since", modified)
	}
	client := f.client()
	defer client.CloseIdleConnections()
	answer, err := client.Do(rq)
	if err != nil {
		return Fetched{}, told(err)
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusNotModified:
		return Fetched{Same: true, ETag: etag, Modified: modified}, nil
	case answer.StatusCode >= 500:
		return Fetched{}, notReached()
	case answer.StatusCode != http.StatusOK:
		return Fetched{}, models.E(models.KindInvalid, "calendar-not-there", "There is no calendar at this address any more, or it asks for a password.")
	}
	if err := read(ctx, answer.Body); err != nil {
		return Fetched{}, told(err)
	}
	return Fetched{ETag: short(answer.Header.Get("ETag")), Modified: short(answer.Header.Get("Last-Modified"))}, nil
}

// short leaves out a header that is too long to be kept.
func short(header string) string {
	if len(header) > 300 {
		return ""
	}
	return header
}

func (f *Fetcher) client() *http.Client {
	transport := &http.Transport{}
	if f.Transport != nil {
		transport = f.Transport.Clone()
	}
	transport.Proxy = nil // a proxy would connect to what we must not
	public := f.Public
	if public == nil {
		public = publicnet.Contains
	}
	transport.DialContext = (&net.Dialer{Timeout: fetchTime, Control: publicnet.Control(public)}).DialContext
	transport.DisableCompression = true // what is unpacked would have to be bounded as well
	transport.MaxResponseHeaderBytes = 64 << 10
	transport.ResponseHeaderTimeout = fetchTime
	return &http.Client{Transport: transport, CheckRedirect: func(rq *http.Request, before []*http.Request) error {
		if len(before) > maxRedirects || !f.allows(rq.URL) || rq.URL.User != nil {
			return errRedirect
		}
		rq.Header.Del("Referer") // it would tell the secret address to whoever is next
		return nil
	}}
}

var errRedirect = errors.New("icalendar: redirect not followed")

// told turns an error of the network into one that can be shown.
func told(err error) error {
	var timeout net.Error
	var known *models.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, publicnet.ErrNotPublic):
		return models.E(models.KindInvalid, "calendar-not-public", "This address is not on the public internet.")
	case errors.Is(err, errRedirect):
		return models.E(models.KindInvalid, "calendar-moves-on", "This address leads on to another that can't be used.")
	case errors.As(err, &timeout) && timeout.Timeout():
		return models.E(models.KindInvalid, "calendar-too-slow", "This address took too long to answer.")
	}
	return notReached()
}

func notReached() error {
	return models.E(models.KindInvalid, "calendar-not-reached", "We can't reach this address right now.")
}
