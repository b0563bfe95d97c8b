package webtest

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestLinksWithSomethingHungToThem: mail programs and chats add parameters to a link,
// before the # or after it. It opens as it would without, also with no network.
func TestLinksWithSomethingHungToThem(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(pages()))
	mux.Handle("/v1/", http.NotFoundHandler())
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := newPhone(t, server.URL, "en-US")
	code := `document.querySelector('input[autocomplete^="one-time-code"]')?.value`
	for _, link := range []string{"?utm_source=mail&x=%20#/enrol/2345-678-9AB", "#/enrol/2345-678-9AB?fbclid=a/b", "?a#/enrol/2345-678-9AB&utm_medium=sms"} {
		p.load(link)
		p.until("the code of "+link, code+" === '2345-678-9AB'")
	}
	p.letWorker()
	p.network(false)
	for _, link := range []string{"#/help", "?utm_source=mail#/help", "#/help?x=1", "?a=1#/help?x=/y"} {
		p.load(link)
		p.title("Help now")
	}
}
