package webtest

import (
	"strings"

	"github.com/chromedp/chromedp/kb"
)

// stop is where the focus is: what a person would say it is on, whether they can see
// it, and whether the round has come here before.
type stop struct {
	Words, Tag   string
	Seen, Before bool
}

// whereFocus looks at what has the focus. It is seen when it or the choice around it has an outline that
// is at least 2 pixels wide, and when some of it is in the window. The button of a field for dates or times is the
// browser's, with a ring of its own: the field has no focus then.
const whereFocus = `(() => {
  const e = document.activeElement;
  const outlined = (x) => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; };
  const box = (e.closest('.choice') ?? e).getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  globalThis.stops ??= new Set();
  const before = stops.has(e);
  stops.add(e);
  return { Words: (e.getAttribute('aria-label') ?? e.textContent).replace(/\s+/g, ' ').trim(), Tag: e.tagName,
    Seen: inside && (outlined(e) || !e.matches(':focus') || Boolean(e.closest('.choice') && outlined(e.closest('.choice')))), Before: before };
})()`

// next presses Tab and looks where that leads. Whoever has keys alone must see where they are.
func (p *phone) next() stop {
	p.t.Helper()
	p.keys(kb.Tab)
	at := eval[stop](p, whereFocus)
	if at.Tag != "BODY" && !at.Seen {
		p.t.Errorf("at %s nobody sees that the focus is on %s %q", eval[string](p, "location.hash"), at.Tag, at.Words)
	}
	return at
}

const mostStops = 120 // of one screen

// reach presses Tab until the focus is on something whose words begin with these.
func (p *phone) reach(words string) {
	p.t.Helper()
	for range mostStops {
		if strings.HasPrefix(p.next().Words, words) {
			return
		}
	}
	p.t.Fatalf("at %s the Tab key never reaches %q", eval[string](p, "location.hash"), words)
}

// around goes once around the screen, forwards and a step back: everything that can be tapped has
// its turn, and nothing holds the focus.
func (p *phone) around() {
	p.t.Helper()
	p.until("a new round", `(globalThis.stops = new Set(), true)`)
	var first string
	for n := range mostStops {
		at := p.next()
		if at.Before {
			if left := eval[[]string](p, neverReached); len(left) > 0 {
				p.t.Errorf("at %s the Tab key never reaches %v", eval[string](p, "location.hash"), left)
			}
			return
		}
		if n == 0 {
			first = at.Words
		}
	}
	p.t.Errorf("at %s, after %d stops from %q, the round has no end", eval[string](p, "location.hash"), mostStops, first)
}

// neverReached is what can be tapped and was no stop. Of choices of one name one is a stop.
const neverReached = `[...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0 && !stops.has(e))
  .filter((e) => e.type !== 'radio' || ![...document.getElementsByName(e.name)].some((one) => stops.has(one)))
  .map((e) => e.outerHTML.slice(0, 90))`
