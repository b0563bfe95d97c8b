package webtest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// What a person does with a page: open, read, tap, type. Things are found by the
// words that stand on them, as a person finds them.

func call[P, R any](p *phone, command cdp.Command[P, R], params P) {
	p.t.Helper()
	called(p, command, params)
}

// called is call with what the browser answers.
func called[P, R any](p *phone, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	out, err := chromedp.Call(ctx, command, params)
	if err != nil {
		p.t.Fatal(err)
	}
	return out
}

// eval runs script in the page and waits for its promise.
func eval[T any](p *phone, script string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%v in %.80s", err, script)
	}
	return v
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// load opens an address as a new page.
func (p *phone) load(hash string) {
	p.t.Helper()
	p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(p.base+"/"+hash))
}

// to goes to an address inside of the page.
func (p *phone) to(hash string) { eval[chromedp.Void](p, "location.hash = "+quote(hash)+"; undefined") }

// until waits for a script to say true, or for its promise to: a promise by itself is no yes. The
// page asks itself for a while: to be asked from outside costs it and its browser ten times as much.
func (p *phone) until(what, script string) {
	p.t.Helper()
	p.untilIt(what, func(ctx context.Context) (bool, error) {
		return chromedp.Run(ctx, chromedp.Evaluate[bool](`(async () => {
		  for (let timesAsked = 0; ; timesAsked++) { // no script has this name
		    try { if (await (`+script+`)) return true } catch {}
		    if (timesAsked === 8) return false; // it may be another page by then
		    await new Promise((next) => setTimeout(next, 25));
		  }
		})()`, chromedp.EvalAwaitPromise))
	})
}

// untilIt asks again and again, and says what the page shows when that never came.
func (p *phone) untilIt(what string, is func(context.Context) (bool, error)) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	var why error
	for ctx.Err() == nil {
		ok, err := is(ctx)
		if err == nil && ok {
			return
		}
		if ctx.Err() == nil {
			why = err
		}
		<-time.After(25 * time.Millisecond)
	}
	ctx, more := context.WithTimeout(p.ctx, patience)
	defer more()
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ''`))
	p.t.Fatalf("never came: %s (%v). The page says:\n%s", what, why, text)
}

// see waits for words anywhere on the page.
func (p *phone) see(words string) {
	p.t.Helper()
	p.until(words, "document.body.innerText.includes("+quote(words)+")")
}

// title waits for the heading of a screen, and for the focus to be on it.
func (p *phone) title(words string) {
	p.t.Helper()
	p.until("title "+words, "document.querySelector('h1').textContent === "+quote(words))
}

func (p *phone) mustNotSee(words string) {
	p.t.Helper()
	if eval[bool](p, "document.body.innerText.includes("+quote(words)+")") {
		p.t.Errorf("the page says %q", words)
	}
}

// finder finds a visible thing by its words, the first one that begins with them
// when none is equal.
const finder = `(selector, words) => {
  const name = (e) => (e.getAttribute('aria-label') ?? e.textContent).replace(/\s+/g, ' ').trim();
  const all = [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility({ visibilityProperty: true }));
  return all.find((e) => name(e) === words) ?? all.find((e) => name(e).startsWith(words));
}`

// choiceOf finds a choice inside of the question with these words.
const choiceOf = `(question, choice) => {
  const set = [...document.querySelectorAll('fieldset')].find((f) => f.querySelector('legend').textContent.startsWith(question));
  return set && [...set.querySelectorAll('label')].find((l) => l.textContent.trim() === choice);
}`

// still brings what find gives into view and waits until a finger can meet it: it stands
// where it stood a frame ago and nothing lies above it. It gives that place, or says after
// a second what is in the way.
const still = `async (find) => {
  const frame = () => new Promise((next) => { requestAnimationFrame(next); setTimeout(next, 50); }); // a tab behind another has no frames
  const ends = performance.now() + 1000;
  let before = '';
  for (;;) {
    const hit = find();
    hit?.scrollIntoView({ block: 'center' });
    const box = hit?.getBoundingClientRect();
    const at = box && [box.x + box.width / 2, box.y + box.height / 2];
    const top = at && document.elementFromPoint(...at);
    const met = top && (hit.contains(top) || hit.control === top);
    const place = met ? String([...at, box.width, box.height]) : '';
    if (place && place === before) return at;
    if (performance.now() > ends) throw new Error(!hit ? 'it is not there' : met ? 'it moves' : 'above it is ' + top?.outerHTML.slice(0, 120));
    before = place;
    await frame();
  }
}`

// tapOn puts a finger on what a script finds, once it stands still and nothing is above it.
func (p *phone) tapOn(what, find string) {
	p.t.Helper()
	var at []float64
	p.untilIt(what, func(ctx context.Context) (bool, error) {
		found, err := chromedp.Run(ctx, chromedp.Evaluate[[]float64]("("+still+")("+find+")", chromedp.EvalAwaitPromise))
		at = found
		return err == nil && len(found) == 2, err
	})
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// tap puts a finger on a link, button, choice or summary with these words.
func (p *phone) tap(words string) {
	p.t.Helper()
	p.tapOn("something to tap: "+words, "() => ("+finder+")('a, button, label, summary', "+quote(words)+")")
}

// choose taps a choice inside of the question with these words.
func (p *phone) choose(question, choice string) {
	p.t.Helper()
	find := fmt.Sprintf("(%s)(%s, %s)", choiceOf, quote(question), quote(choice))
	p.tapOn("the question "+question+" with "+choice, "() => "+find)
	p.until(question+": "+choice+" is chosen", `((hit) => hit?.control && (hit.control.type !== 'radio' || hit.control.checked))(`+find+`)`) // a box is taken off by a tap, too
}

// fill types into the field with this label, in place of what is there.
func (p *phone) fill(label, text string) {
	p.t.Helper()
	p.typeInto(label, fmt.Sprintf(`const label = [...document.querySelectorAll('label')].find((l) => l.textContent.trim() === %s && l.checkVisibility());
	  const field = label && document.getElementById(label.htmlFor);`, quote(label)), text)
}

// typeInto types into the field that a script finds. A screen that is drawn anew at that
// moment takes the field and what is typed with it: then it types again.
func (p *phone) typeInto(what, find, text string) {
	p.t.Helper()
	p.untilIt("what is typed into "+what, func(ctx context.Context) (bool, error) {
		p.until("the field "+what, `(() => {
		  `+find+`
		  if (!field) return false;
		  field.focus();
		  if (field.select) field.select();
		  return true;
		})()`)
		p.typeHere(text)
		empty, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => {
		  `+find+`
		  return field?.value === '';
		})()`))
		return !empty || text == "", err
	})
}

// pick chooses in the list with this label by the beginning of the words.
func (p *phone) pick(label, option string) {
	p.t.Helper()
	p.until("the list "+label+" with "+option, fmt.Sprintf(`(() => {
	  const label = [...document.querySelectorAll('label')].find((l) => l.textContent.trim() === %s);
	  const list = document.getElementById(label.htmlFor);
	  const hit = [...list.options].find((o) => o.textContent.startsWith(%s));
	  list.value = hit.value;
	  list.dispatchEvent(new Event('change', { bubbles: true }));
	  return true;
	})()`, quote(label), quote(option)))
}

// keys presses keys one after the other, as somebody without a mouse does.
func (p *phone) keys(keys string) { p.do(chromedp.KeyEvent(keys)) }

// focused tells the words of what has the focus.
func (p *phone) focused() string {
	return strings.TrimSpace(eval[string](p, `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`))
}

// lastOf taps the last button with these words inside of a group of fields.
func (p *phone) lastOf(group, words string) {
	p.t.Helper()
	p.until(words+" in "+group, fmt.Sprintf(`(() => {
	  const set = [...document.querySelectorAll('fieldset')].filter((f) => f.querySelector(':scope > legend').textContent === %s).at(-1);
	  const hit = set && [...set.querySelectorAll('button')].filter((b) => b.textContent === %s).at(-1);
	  hit?.click();
	  return hit;
	})()`, quote(group), quote(words)))
}

// fillLast fills the last field with this label inside of a group.
func (p *phone) fillLast(label, text, group string) {
	p.t.Helper()
	p.typeInto(label+" in "+group, fmt.Sprintf(`const set = [...document.querySelectorAll('fieldset')].filter((f) => f.querySelector(':scope > legend').textContent === %s).at(-1);
	  const hit = set && [...set.querySelectorAll('label')].filter((l) => l.textContent === %s).at(-1);
	  const field = hit && document.getElementById(hit.htmlFor);`, quote(group), quote(label)), text)
}

// typeHere types where the focus is.
func (p *phone) typeHere(text string) { call(p, input.InsertText, input.InsertTextParams{Text: text}) }
