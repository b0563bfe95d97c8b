package webpush

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"handrail/notify"
	"handrail/publicnet"
)

// Service is a push service of a browser's maker.
type Service struct {
	Name  string   // of its maker
	Hosts []string // of endpoints; ".example.org" is any name under it
	// Asked is where one asks whether it can be reached: one that answers is enough.
	Asked []string
}

const apple = "Apple"

// Services are the known ones, as autopush, Chrome, Safari and Edge give endpoints.
// Microsoft has a name for each of its places: several are asked, since one may close.
var Services = []Service{
	{"Google", []string{"fcm.googleapis.com", "android.googleapis.com"}, []string{"https://fcm.googleapis.com/"}},
	{"Mozilla", []string{"updates.push.services.mozilla.com"}, []string{"https://updates.push.services.mozilla.com/"}},
	{apple, []string{"web.push.apple.com", ".push.apple.com"}, []string{"https://web.push.apple.com/"}},
	{"Microsoft", []string{".notify.windows.com"}, []string{"https://wns2-by3p.notify.windows.com/", "https://wns2-par02p.notify.windows.com/", "https://db5p.notify.windows.com/"}},
}

// of tells whether an endpoint's host is one of the service's.
func (s Service) of(host string) bool {
	return slices.ContainsFunc(s.Hosts, func(h string) bool {
		return h == host || strings.HasPrefix(h, ".") && strings.HasSuffix(host, h)
	})
}

// KnownService implements notify.Proving: the maker's name. A host that is not known
// may be one person's own server, and is not named.
func (c *Channel) KnownService(a notify.Address) string {
	u, err := url.Parse(a.To)
	if err != nil {
		return ""
	}
	for _, s := range c.config.services() {
		if s.of(strings.ToLower(u.Hostname())) {
			return s.Name
		}
	}
	return ""
}

func (c Config) services() []Service {
	if c.Services != nil {
		return c.Services
	}
	return Services
}

// Reach implements notify.Proving: it asks each known service for anything, over the
// connections that pushes take. Whatever is answered over TLS with the service's own
// certificate shows that pushes can leave. Nothing is sent to anybody.
func (c *Channel) Reach(ctx context.Context) []notify.ProviderCheck {
	list := c.config.services()
	out := make([]notify.ProviderCheck, len(list))
	var wg sync.WaitGroup
	for i, s := range list {
		wg.Go(func() { out[i] = c.reach(ctx, s) })
	}
	wg.Wait()
	return out
}

func (c *Channel) reach(ctx context.Context, s Service) notify.ProviderCheck {
	r := notify.ProviderCheck{Service: s.Name}
	for _, at := range s.Asked {
		var ahead time.Duration
		if ahead, r.Err = c.probe(ctx, at); r.Err == nil {
			r.Ahead = ahead
			break
		}
	}
	return r
}

// probe gives how far our clock is ahead of the service's, to a second.
func (c *Channel) probe(ctx context.Context, at string) (time.Duration, error) {
	rq, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return 0, err
	}
	res, err := c.client.Do(rq)
	if err != nil {
		return 0, whyNot(err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, maxReason)) // that it answers is enough
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		return c.config.Now().Sub(date).Truncate(time.Second), nil
	}
	return 0, nil
}

// whyNot is a word for the operator, without addresses.
func whyNot(err error) error {
	var name *net.DNSError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.Is(err, publicnet.ErrNotPublic):
		return errors.New("its name leads into a private network")
	case errors.As(err, &name):
		return errors.New("its name is not found (DNS)")
	case errors.As(err, &cert):
		return errors.New("something on the way shows another certificate")
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("no answer")
	}
	return errors.New("no connection")
}
