package webtest

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"handrail/web"
)

// The parts of the page that compute something, in the browser that runs them. No
// program is needed: the page comes from its own folder.

// bare serves the page and the few calls that a test answers itself.
func bare(t *testing.T, calls map[string]http.HandlerFunc) string {
	mux := http.NewServeMux()
	for pattern, handler := range calls {
		mux.HandleFunc(pattern, handler)
	}
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprint(w, `{"status":503,"code":"unavailable","detail":"Later."}`)
	})
	mux.Handle("/", http.FileServerFS(pages()))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func module[T any](p *phone, name, expression string) T {
	p.t.Helper()
	return eval[T](p, fmt.Sprintf(`import('/app/%s.js').then(async (m) => %s)`, name, expression))
}

func TestModules(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("")
	p.title("Welcome")
	t.Run("each one can be read", func(t *testing.T) { testEachIsRead(t, p) })
	t.Run("ids sort by time and do not repeat", func(t *testing.T) { testIDs(t, p) })
	t.Run("gaps stay gaps", func(t *testing.T) { testGaps(t, p) })
	t.Run("wall clock and offset", func(t *testing.T) { testClock(t, p) })
	t.Run("signatures", func(t *testing.T) { testSignatures(t, p) })
	t.Run("addresses", func(t *testing.T) { testAddresses(t, p) })
	t.Run("old texts are shown safely", func(t *testing.T) { testShown(t, p) })
	t.Run("extensions are dialled after a pause", func(t *testing.T) { testDialled(t, p) })
	t.Run("tags as the server made them", func(t *testing.T) { testTags(t, p) })
	t.Run("a search finds what the program finds", func(t *testing.T) { testSearch(t, p) })
	t.Run("no words become markup", func(t *testing.T) { testMarkup(t, p) })
}

// testEachIsRead has the browser read every module: a slip of the pen in one that no
// other test opens is a screen that does not open.
func testEachIsRead(t *testing.T, p *phone) {
	var all []string
	err := fs.WalkDir(web.Files(), "app", func(path string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".js") && path != "app/main.js" { // which begins the page, and has run
			all = append(all, "/"+path)
		}
		return err
	})
	names, err2 := json.Marshal(all)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for _, broken := range eval[[]string](p, `Promise.all(`+string(names)+`.map((path) => import(path).then(() => '', (error) => path + ': ' + error))).then((all) => all.filter(Boolean))`) {
		t.Error(broken)
	}
	if len(all) < 100 {
		t.Errorf("only %d modules", len(all))
	}
}

func testShown(t *testing.T, p *phone) {
	got := module[string](p, "dom", `m.h('p', { title: 'a\u202eb' }, 'a\u202eb\u0000c\u2066d', m.h('b', 'e\u200f')).outerHTML`)
	if want := "<p title=\"ab\">abcd<b>e\u200f</b></p>"; got != want {
		t.Errorf("%q", got)
	}
	if got := eval[string](p, `getComputedStyle(document.body.appendChild(document.createElement('b'))).unicodeBidi`); got != "isolate" {
		t.Errorf("a name in bold is %q", got)
	}
}

func testDialled(t *testing.T, p *phone) {
	got := module[[]string](p, "phonelink", `['+15550100001', '+15550100001;ext=5', '+15550100001;ext=12;postd=%23'].flatMap((n) => [m.dialled(n, 'tel'), m.dialled(n, 'sms')])`)
	want := []string{"+15550100001", "+15550100001", "+15550100001,5", "+15550100001", "+15550100001,12%23", "+15550100001"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func testTags(t *testing.T, p *phone) {
	got := module[[]string](p, "http", `['"3"', 'W/"3"', '"3-gzip"', 'W/"3-br"', '"3;br"', '"3--gzip"', ''].map(m.plainTag)`)
	if want := []string{`"3"`, `"3"`, `"3"`, `"3"`, `"3"`, `"3"`, ""}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func testIDs(t *testing.T, p *phone) {
	ids := module[[]string](p, "uuid", `Array.from({ length: 5000 }, (_, i) => m.uuid7(1700000000000 + i))`)
	seen := map[string]bool{}
	for i, id := range ids {
		if len(id) != 36 || id[14] != '7' || !strings.ContainsRune("89ab", rune(id[19])) || seen[id] {
			t.Fatalf("bad id %s", id)
		}
		seen[id] = true
		if i > 0 && ids[i-1][:13] >= id[:13] {
			t.Fatalf("%s does not come after %s", id, ids[i-1])
		}
	}
	if want := fmt.Sprintf("%012x", int64(1700000000000)); strings.ReplaceAll(ids[0][:13], "-", "") != want {
		t.Errorf("time %s, want %s", ids[0][:13], want)
	}
}

func testGaps(t *testing.T, p *phone) {
	for _, c := range []struct{ values, runs, gaps string }{
		{"[1,2,3]", "[[0,1,2]]", "[]"},
		{"[1,null,3]", "[[0],[2]]", "[[0,2]]"},
		{"[null,2,null,null]", "[[1]]", "[[0,1],[1,3]]"},
		{"[0,0]", "[[0,1]]", "[]"}, // nought is an answer
	} {
		points := `(` + c.values + `).map((value) => ({ value }))`
		got := module[string](p, "trend", `JSON.stringify([m.runs(`+points+`), m.gaps(`+points+`)])`)
		if want := "[" + c.runs + "," + c.gaps + "]"; got != want {
			t.Errorf("%s: %s, want %s", c.values, got, want)
		}
	}
}

func testClock(t *testing.T, p *phone) {
	for _, c := range []struct{ zone, at, want, day string }{
		{"America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T01:59:59-05:00", "2026-03-07"}, // before 04:00 it is still yesterday
		{"America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T03:00:00-04:00", "2026-03-07"},
		{"America/New_York", "2026-03-08T08:00:00Z", "2026-03-08T04:00:00-04:00", "2026-03-08"},
		{"America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T01:30:00-04:00", "2026-10-31"},
		{"America/New_York", "2026-11-01T06:30:00Z", "2026-11-01T01:30:00-05:00", "2026-10-31"},
		{"America/New_York", "2026-11-01T09:00:00Z", "2026-11-01T04:00:00-05:00", "2026-11-01"},
		{"Asia/Kolkata", "2026-11-23T12:00:00Z", "2026-11-23T17:30:00+05:30", "2026-11-23"},
		{"America/St_Johns", "2026-12-01T12:00:00Z", "2026-12-01T08:30:00-03:30", "2026-12-01"},
		{"UTC", "2026-12-01T00:00:00Z", "2026-12-01T00:00:00+00:00", "2026-11-30"},
	} {
		call(p, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: c.zone})
		got := module[[]string](p, "format", fmt.Sprintf(`[m.offsetTime(new Date(%q)), m.localDay(0, new Date(%q))]`, c.at, c.at))
		if got[0] != c.want || got[1] != c.day {
			t.Errorf("%s in %s: %v, want %s on %s", c.at, c.zone, got, c.want, c.day)
		}
	}
}

func testSignatures(t *testing.T, p *phone) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	enc := base64.RawURLEncoding.EncodeToString
	jws := func(head, body string) string {
		signed := enc([]byte(head)) + "." + enc([]byte(body))
		return signed + "." + enc(ed25519.Sign(private, []byte(signed)))
	}
	good := jws(`{"alg":"EdDSA","kid":"k1"}`, `{"a":"ü"}`)
	parts := strings.Split(good, ".")
	keys := fmt.Sprintf(`{ keys: [{ kid: 'k1', kty: 'OKP', crv: 'Ed25519', x: %q }] }`, enc(public))
	for name, c := range map[string]struct{ jws, keys, want string }{
		"good":             {good, keys, "true"},
		"changed":          {parts[0] + "." + enc([]byte(`{"a":"u"}`)) + "." + parts[2], keys, "false"},
		"other key's name": {jws(`{"alg":"EdDSA","kid":"k2"}`, `{}`), keys, "null"},
		"no keys":          {good, "undefined", "null"},
		"alg none":         {jws(`{"alg":"none","kid":"k1"}`, `{}`), keys, "false"},
		"no signature":     {parts[0] + "." + parts[1] + ".", keys, "false"},
	} {
		if got := module[string](p, "jws", fmt.Sprintf(`String(await m.verifyJWS(%q, %s))`, c.jws, c.keys)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := module[string](p, "jws", fmt.Sprintf(`m.openJWS(%q).payload.a`, good)); got != "ü" {
		t.Errorf("payload %q", got)
	}
}

func testAddresses(t *testing.T, p *phone) {
	for _, c := range []struct{ hash, at string }{
		{"#/help", "help"}, {"#/enrol/K7QF-3MX-W9A", "enrol/:code"}, {"#/goals/1", "goals/:goal"},
		{"#/goals/new", "goals/new"}, {"#/p/1/goals/new", "p/:patient/goals/new"}, {"#/p/1/team", "p/:patient/team"},
		{"#/nothing", ""}, {"", ""}, {"#/goals/1/2", ""}, {"#/%", ""},
	} {
		if got := module[string](p, "routes", fmt.Sprintf(`m.find(%q)?.route.at ?? ''`, c.hash)); got != c.at {
			t.Errorf("%s leads to %q, want %q", c.hash, got, c.at)
		}
	}
}

func testMarkup(t *testing.T, p *phone) {
	got := module[string](p, "dom", `m.h('p', '<img src=x onerror=alert(1)>').innerHTML`)
	if got != "&lt;img src=x onerror=alert(1)&gt;" {
		t.Errorf("words became %s", got)
	}
}

// secondTab is another tab of the same browser.
func (p *phone) secondTab() *phone {
	tab, closeTab := chromedp.NewContext(p.ctx)
	p.t.Cleanup(closeTab)
	if err := chromedp.Do(tab); err != nil { // it opens with the first step, and closes with this context
		p.t.Fatal(err)
	}
	other := &phone{t: p.t, ctx: tab, base: p.base, noises: p.noises, moved: p.moved}
	other.move(0)
	return other
}
