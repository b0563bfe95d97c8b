package education

import "testing"

// What a body can't say is tried here behind its first wall.
func TestNothingPassesThatIsNotNamed(t *testing.T) {
	for text, want := range map[string]string{
		"<script>alert(1)</script>x":                               "x",
		"<style>p{}</style>x":                                      "x",
		"a <b onclick=x>b</b>":                                     "a b",
		"<p onclick=x>a</p>":                                       "<p>a</p>",
		"<!-- x -->y":                                              "y",
		`it's "so" < &amp;`:                                        "it&#39;s &#34;so&#34; &lt; &amp;",
		"<svg><a href=x>q</a></svg>":                               `<a href="x">q</a>`,
		"<textarea><p></textarea>":                                 "&lt;p&gt;",
		`<h2 id="s12" class=x>a</h2>`:                              `<h2 id="s12">a</h2>`,
		`<h2 id="s123">a</h2>`:                                     "<h2>a</h2>",
		`<h2 id="sx">a</h2>`:                                       "<h2>a</h2>",
		`<p id="s1">a</p>`:                                         "<p>a</p>",
		`<a href="javascript:x">y</a>`:                             "y",
		`<a href=" javascript:x">y</a>`:                            "y",
		"<a href=\"java\nscript:x\">y</a>":                         "y",
		`<a href="http://a.example">y</a>`:                         "y",
		`<a href="data:text/html,x">y</a>`:                         "y",
		`<a href="https://a.example/?x=1&y=2" target=_blank>o</a>`: `<a href="https://a.example/?x=1&amp;y=2" rel="noreferrer">o</a>`,
		`<a href="//a.example/x">y</a>`:                            `<a href="//a.example/x" rel="noreferrer">y</a>`,
		`<a href="/\a.example">y</a>`:                              `<a href="/%5Ca.example">y</a>`,
		`<a href="#/help">x<a href="javascript:y">z</a></a>`:       `<a href="#/help">xz</a>`,
	} {
		if got := sanitised(text); got != want {
			t.Errorf("%q\n gives %q\n not   %q", text, got, want)
		}
	}
}
