package notify

import (
	"net/http"
	"strconv"
	"time"
)

// RetryAfter reads the header of that name (RFC 9110 section 10.2.3): seconds or a
// date. 0 when there is none.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if s, err := strconv.Atoi(text); err == nil && s >= 0 && s < 1<<31 {
		return time.Duration(s) * time.Second
	}
	if t, err := http.ParseTime(text); err == nil {
		return max(0, t.Sub(now))
	}
	return 0
}
