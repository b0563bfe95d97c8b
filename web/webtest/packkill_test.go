package webtest

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/evanw/esbuild/pkg/api"

	"handrail/care/caretest/rounds"
	"handrail/models/education"
	"handrail/models/education/search"
)

// handedOut is a pack as the network has it.
type handedOut struct {
	Language string             `json:"language"`
	Tag      string             `json:"tag"`
	JWS      string             `json:"jws"`
	Manifest education.Manifest `json:"manifest"`
	Files    map[string]string  `json:"files"`
}

// packs are what the tests of kills update from and to: a page that stays, one of two
// pieces that changes, one that goes, one whose words are withdrawn and one that is new.
func packs(t *testing.T) (jwks, all string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.NewChaCha8([32]byte{16}))
	if err != nil {
		t.Fatal(err)
	}
	enc := base64.RawURLEncoding.EncodeToString
	page := func(id, version string, length int) education.View {
		return education.View{ID: id, Title: id, Need: "now", Fingerprint: version, HTML: strings.Repeat("a", length), Words: []education.Term{}, Sources: []education.Source{}, Related: []string{}}
	}
	made := map[string]handedOut{}
	make := func(name, language string, withdrawn []string, views ...education.View) {
		m, files := education.PackOf(language, views, &search.Index{Language: name})
		m.Withdrawn = withdrawn
		signed := enc([]byte(`{"alg":"EdDSA","kid":"k1"}`)) + "." + enc(m.Bytes())
		p := handedOut{Language: language, Tag: `"` + name + `"`, JWS: signed + "." + enc(ed25519.Sign(private, []byte(signed))), Manifest: m, Files: map[string]string{}}
		for file, data := range files {
			p.Files[file] = string(data)
		}
		made[name] = p
	}
	make("old", "en", nil, page("stays", "1", 100), page("changes", "1", 40<<10), page("goes", "1", 100), page("is-dangerous", "1-dangerous", 100))
	make("new", "en", []string{"1-dangerous"}, page("stays", "1", 100), page("changes", "2", 40<<10), page("comes", "1", 100))
	make("spanish", "es", nil, page("stays", "es", 100))
	body, err := json.Marshal(made)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{"keys":[{"kid":"k1","kty":"OKP","crv":"Ed25519","x":%q}]}`, enc(public)), string(body)
}

// packCode is what keeps and reads packs, with all that it needs, as one text: each time
// that it runs it is a new load of the app.
func packCode(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../app")
	if err != nil {
		t.Fatal(err)
	}
	out := api.Build(api.BuildOptions{Bundle: true, Format: api.FormatIIFE, GlobalName: "app", Target: api.ES2022, LogLevel: api.LogLevelSilent,
		Stdin: &api.StdinOptions{ResolveDir: dir, Contents: `
			export { refreshPack } from './learnpack.js';
			export { modules } from './learn.js';
			export { drop, get, namesUnder, put } from './db.js';`}})
	if len(out.Errors) > 0 {
		t.Fatal(out.Errors)
	}
	return string(out.OutputFiles[0].Contents)
}

const (
	oldPages  = "changes.1 goes.1 is-dangerous.1-dangerous stays.1"
	lessPages = "changes.1 goes.1 stays.1" // without what was withdrawn
	newPages  = "changes.2 comes.1 stays.1"
)

// A kill at any of 1,000 points of an update (300 as a rule) leaves every page readable that
// was readable before: the life of the app ends before or after any call to the storage or the network,
// or the phone gets full there; a new load, without a network, reads whole pages of before
// or of after. Then tabs are closed for real.
func TestAKillLeavesThePagesReadable(t *testing.T) {
	t.Parallel()
	jwks, all := packs(t)
	script, err := os.ReadFile("testdata/packkill.js")
	if err != nil {
		t.Fatal(err)
	}
	here := make(chan bool, 1)
	base := bare(t, map[string]http.HandlerFunc{
		"GET /blank": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<!doctype html><title>a page</title>")
		},
		"POST /here": func(http.ResponseWriter, *http.Request) { here <- true },
	})
	p := newPhone(t, base, "en-US")
	setUp := "{ const code = " + quote(packCode(t)) + ", packs = " + all + ", jwks = " + jwks + ";\n" + string(script) + "}; true"
	p.do(chromedp.Navigate(base + "/blank"))
	long[bool](p, setUp)

	points := 0
	for _, c := range []struct{ from, may string }{
		{"old", quote(oldPages) + "," + quote(lessPages) + "," + quote(newPages)},
		{"", `"nothing",` + quote(newPages)},
		{"spanish", `"stays.es",` + quote(newPages)},
	} {
		for _, how := range []string{"before", "after", "full"} {
			if c.from != "old" && how != "after" {
				continue
			}
			n := long[int](p, fmt.Sprintf(`kill.everyPoint(%q, 'new', [%s], %q)`, c.from, c.may, how))
			t.Logf("from %q, %s each of %d calls", c.from, how, n)
			if n < 30 {
				t.Errorf("only %d calls", n)
			}
			points += n
		}
	}
	for most, slice := rounds.Of(300, 1000), uint64(16); points < most; slice++ {
		points += long[int](p, fmt.Sprintf(`(() => { const random = kill.seeded(%d); return kill.chains('old', 'new', [%q, %q, %q], %d, random, () => random() < 0.7); })()`, slice, oldPages, lessPages, newPages, min(80, most-points)))
	}
	t.Logf("%d points", points)

	random := rand.New(rand.NewPCG(16, 20))
	long[bool](p, `kill.stand('old').then(() => true)`)
	was, done := oldPages, 0
	tabs := rounds.Of(5, 20)
	for kills := range tabs {
		at := 1 + random.IntN(30)
		tab := p.tabToKill(base + "/blank")
		eval[bool](tab.phone, setUp)
		// The tab goes on while it is closed.
		eval[bool](tab.phone, fmt.Sprintf(`(kill.beginRun('new', %d), true)`, at))
		select {
		case <-here:
		case <-p.ctx.Done():
			t.Fatal("the tab never came so far")
		}
		tab.kill()
		got := long[string](p, `kill.reads()`)
		order := []string{oldPages, lessPages, newPages}
		if indexOf(order, got) < indexOf(order, was) {
			t.Fatalf("kill %d, at call %d: %q after %q", kills, at, got, was)
		}
		if was = got; got == newPages {
			done++
			long[bool](p, `kill.stand('old').then(() => true)`)
			was = oldPages
		}
	}
	t.Logf("%d tabs were closed; %d updates came to their end", tabs, done)
	if got := long[string](p, `kill.run('new', Infinity, '').then(async (r) => r.got + ' ' + (await kill.left()) + ' ' + (await kill.reads()))`); got != "done 0 "+newPages {
		t.Error(got)
	}
}

func indexOf(all []string, one string) int {
	for i, s := range all {
		if s == one {
			return i
		}
	}
	return -1
}

// long is eval for what takes the patience of a whole test.
func long[T any](p *phone, script string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 2*patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}

// doomed is a tab that a test closes in the midst of things.
type doomed struct {
	phone *phone
	kill  context.CancelFunc // waits until the tab is closed
}

func (p *phone) tabToKill(at string) doomed {
	p.t.Helper()
	ctx, closeTab := chromedp.NewContext(p.ctx)
	p.t.Cleanup(closeTab)
	if err := chromedp.Do(ctx, chromedp.Navigate(at)); err != nil {
		p.t.Fatal(err)
	}
	return doomed{&phone{t: p.t, ctx: ctx, base: p.base, noises: p.noises, moved: p.moved}, closeTab}
}
