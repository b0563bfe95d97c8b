package webtest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// Colours, sizes and what scrolls are the same for each thing that looks the same and stands in
// the same: a button of the first screen is that of the fortieth. So axe is asked about
// the first of each look that any test finds, and no more about the rest.

// looks are those that axe was asked about, in any test.
var looks known

type known struct {
	mu  sync.Mutex
	all map[string]bool
}

// fresh are those of these that nobody knew, by their place; they are known from now on.
func (k *known) fresh(way string, keys []string) (places []int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil {
		k.all = map[string]bool{}
	}
	for i, key := range keys {
		if key = way + key; !k.all[key] {
			k.all[key] = true
			places = append(places, i)
		}
	}
	return places
}

// forget has these asked about again: the screen changed before axe had looked at them.
func (k *known) forget(way string, keys []string, places []int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, i := range places {
		delete(k.all, way+keys[i])
	}
}

// looksHere tells how each thing looks that has words of its own, may be tapped or scrolls,
// each look once, and keeps the first of each in a list for axe. What is in a look: the
// element, its colours, its letters, what lies behind it and how it is placed; the window that
// it stands in; of what can be tapped how wide and high it is, when that is too small, and what
// stands beside it.
const looksHere = `(() => {
  const names = (e) => e ? e.tagName + '.' + e.className : '';
  const scrolls = (e, style) => ['auto', 'scroll'].some((o) => style.overflowX === o || style.overflowY === o) && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1);
  const behind = new Map([[null, innerWidth + ' ' + document.documentElement.dir]]);
  const ground = (e) => {
    if (!behind.has(e)) {
      const s = getComputedStyle(e);
      const own = [s.backgroundColor, s.backgroundImage, s.opacity, s.position, s.zIndex, s.filter, s.mixBlendMode].join();
      const above = ground(e.parentElement);
      // What lies behind says nothing anew when it is clear and placed as usual.
      behind.set(e, own === 'rgba(0, 0, 0, 0),none,1,static,auto,none,normal' ? above : above + '|' + own);
    }
    return behind.get(e);
  };
  const [found, looks] = [new Map(), []];
  for (const e of document.querySelectorAll('body, body *')) {
    if (e.closest('.floor, svg') || !e.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(e);
    const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.nodeValue.trim());
    const tapped = e.matches('a, button, input, select, textarea, summary, label, [role], [tabindex]');
    const scroll = scrolls(e, style);
    if (!words && !tapped && !scroll) continue;
    const look = [names(e), names(e.parentElement), words, scroll && e.tabIndex + ' ' + Boolean(e.querySelector('a, button, input, [tabindex]')), style.color, style.fontSize, style.fontWeight, style.fontFamily,
      style.textDecorationLine, style.borderBottomWidth, style.textShadow, style.display, e.disabled, e.getAttribute('aria-disabled'), e.type, e.getAttribute('role'), ground(e)];
    if (tapped) {
      const box = e.getBoundingClientRect();
      if (box.width < 24 || box.height < 24) look.push(Math.round(box.width), Math.round(box.height));
      look.push(names(e.previousElementSibling), names(e.nextElementSibling));
    }
    const key = look.join(';');
    looks.push(e);
    if (!found.has(key)) found.set(key, e);
  }
  Object.assign(globalThis, { looksHere: looks, lookedAt: [...found.values()] });
  return [...found.keys()];
})()`

// asked are the rules by looks, for what is asked about alone.
func asked(rules string) string { return "{ runOnly: { type: 'rule', values: [" + rules + "] } }" }

// keepsLooks holds the first of each look against rules, as it is seen in one way, or the whole
// document against all of them in one go. News may draw a screen anew between the two questions:
// what is gone then is looked for again.
func (p *phone) keepsLooks(screen, way, where, rules string) {
	p.t.Helper()
	for range 10 {
		keys := eval[[]string](p, looksHere)
		fresh := looks.fresh(way, keys)
		if len(fresh) == 0 && where == theseLooks {
			return
		}
		if p.keepsRules(screen, looksRun(fresh, where, rules)) {
			return
		}
		looks.forget(way, keys, fresh)
	}
	p.t.Errorf("%s is drawn anew each time that it is looked at", screen)
}

// theseLooks has axe look at nothing else.
const theseLooks = "{ include: seen }"

// looksRun runs rules over some of what looksHere keeps, or over all that stands there and of looks
// over these only; null when some of them is gone.
func looksRun(places []int, where, rules string) string {
	return `((seen) => {
  if (!seen.every((e) => e.isConnected)) return null;
  knownLooks = new Set(looksHere).difference(new Set(seen));
  return ` + axeOf(where, rules) + `;
})(` + strings.ReplaceAll(fmt.Sprint(places), " ", ",") + `.map((i) => lookedAt[i]))`
}

// One thing of each look is asked about; another look is another question.
func TestEachLookIsAskedAboutOnce(t *testing.T) {
	t.Parallel()
	needAxe(t)
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.bringAxe()
	for _, c := range []struct {
		name, stands string
		asked        bool
		want         string
	}{
		{"plain words", `<p>Plain</p>`, true, ""},
		{"plain words again", `<p>Others</p>`, false, ""},
		{"pale words", `<p data-color="#bbb">Pale</p>`, true, "color-contrast"},
		{"pale words again", `<p data-color="#bbb">Pale too</p>`, false, ""},
		{"pale words in a box", `<div><p data-color="#bbb">Pale</p></div>`, true, "color-contrast"},
		{"pale words on black", `<div data-background="#000"><p data-color="#bbb">Pale</p></div>`, true, ""},
		{"small buttons", `<button data-font="4px">A</button><button data-font="4px">B</button>`, true, "target-size"},
		{"what scrolls", `<div data-height="40px" data-overflow="auto"><p data-height="400px">Plain</p></div>`, true, ""}, // the browser lets keys reach it
	} {
		eval[bool](p, `((main) => {
		  main.innerHTML = `+quote(c.stands)+`;
		  for (const e of main.querySelectorAll('*')) {
		    for (const [name, value] of Object.entries(e.dataset)) e.style[name] = value;
		    if (e.tagName === 'BUTTON') Object.assign(e.style, { all: 'unset', display: 'inline-block', width: '12px', height: '12px' });
		  }
		  return true;
		})(document.querySelector('main'))`)
		fresh := looks.fresh(t.Name(), eval[[]string](p, looksHere))
		if c.name != "plain words" && (len(fresh) > 0) != c.asked {
			t.Errorf("%s: %d looks are new", c.name, len(fresh))
		}
		got := ""
		if len(fresh) > 0 {
			for _, v := range eval[[]violation](p, looksRun(fresh, theseLooks, asked(byLooks))) {
				got += v.ID
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// News draws a screen anew between the two questions: its looks count as not asked about.
func TestALookThatIsGoneIsLookedForAgain(t *testing.T) {
	t.Parallel()
	needAxe(t)
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.bringAxe()
	keys := eval[[]string](p, looksHere)
	fresh := looks.fresh(t.Name(), keys)
	eval[bool](p, `document.body.replaceChildren(...[...document.body.children].map((e) => e.cloneNode(true))) ?? true`)
	if p.keepsRules("what is gone", looksRun(fresh, theseLooks, asked(byLooks))) {
		t.Error("axe was asked about what is not there")
	}
	if looks.forget(t.Name(), keys, fresh); len(looks.fresh(t.Name(), keys)) != len(fresh) {
		t.Error("what nobody looked at counts as known")
	}
}
