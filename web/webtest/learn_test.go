package webtest

import (
	"strings"
	"testing"
)

// code is what the address has for a page (learn.js).
func (p *phone) code(module string) string {
	p.t.Helper()
	return eval[string](p, `import('/app/pagecode.js').then((m) => m.codeOf(`+quote(module)+`))`)
}

// A supporter opens the pages without a network, reads, answers wrongly, sees the part
// again, and the answer arrives once when there is a network. Arabic stands from the right.
func TestPagesOpenWithoutANetwork(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("supporter", "").EnrolmentCode)
	p.to("#/learn")
	p.title("Learn")
	p.see("When you need it now")
	p.names("fears-overdose")
	p.see("You are afraid of an overdose.")
	p.until("the numbers first", `document.querySelector('main .help-card a.call[href^="tel:"]')`)
	p.accessible("learn")
	p.shot("learn")
	p.until("the pack is kept", `import('/app/db.js').then((m) => m.get('learn-pack')).then((k) => k?.language === 'en' && k.manifest.files.length > 20)`)
	p.letWorker()
	code := p.code("naloxone")
	p.to("#/learn/" + code)
	p.title("Naloxone, and where to keep it")
	p.network(false)
	p.to("#/learn")
	p.title("Learn")
	p.to("#/learn/" + code)
	p.see("No clinician has reviewed this page yet.")
	p.accessible("a page to read")
	p.shot("learn-page")
	p.tap("There is no need to stay")
	p.see("Look at this part again.")
	p.until("the answer waits", `import('/app/db.js').then((m) => m.get('learn-waiting')).then((w) => w?.length === 1)`)
	p.tap("Show this part again")
	p.until("the part is shown", `document.activeElement?.id === 's3'`)
	p.searches()
	p.to("#/learn/" + code)
	p.network(true)
	eval[bool](p, `import('/app/learn.js').then((m) => m.sendWaiting()).then(() => true)`)
	p.until("the answer arrived", `import('/app/db.js').then((m) => m.get('learn-waiting')).then((w) => w?.length === 0)`)
	eval[bool](p, `import('/app/texts.js').then((m) => m.choose('ar')).then(() => true)`)
	p.to("#/learn")
	p.until("Arabic pages", `document.querySelector('main h1')?.textContent === 'تعلّم' && document.documentElement.dir === 'rtl'`)
	p.until("the Arabic pack is kept", `import('/app/db.js').then((m) => m.get('learn-pack')).then((k) => k?.language === 'ar')`)
	p.network(false)
	p.types("كيف أستعمل بخّاخ الأنف")
	p.until("the Arabic page is found", `document.querySelector('form[role=search] + div a.row')?.hash === '#/learn/`+code+`'`)
	p.types("لا يتنفّس")
	p.until("help in Arabic", `document.querySelector('main .help-card a.call[href^="tel:"]')`)
	p.accessible("a search in Arabic")
	p.shot("learn-search-arabic")
	p.network(true)
	p.to("#/learn/" + code)
	p.until("an Arabic page", `document.querySelector('article.module')?.dir === 'rtl'`)
	p.accessible("a page in Arabic")
	p.shot("learn-page-arabic")
}

// names says what it is about for the reader.
func (p *phone) names(situation string) {
	p.t.Helper()
	eval[bool](p, `(() => {
	  const field = [...document.querySelectorAll('main select')].find((s) => s.querySelector('[value="`+situation+`"]'));
	  field.value = `+quote(situation)+`;
	  return field.dispatchEvent(new Event('change', { bubbles: true }));
	})()`)
}

// types puts words into the search.
func (p *phone) types(words string) {
	p.t.Helper()
	eval[bool](p, `(() => {
	  const field = document.querySelector('form[role=search] input');
	  field.value = `+quote(words)+`;
	  return field.dispatchEvent(new Event('input', { bubbles: true }));
	})()`)
}

// searches looks for pages with no network: what was typed is in no address, and gone with
// the screen.
func (p *phone) searches() {
	p.t.Helper()
	p.to("#/learn")
	p.see("What are you looking for?")
	p.see("They stay on this phone.")
	for words, module := range map[string]string{"narcan nose spray": "naloxone", "naloxnoe": "naloxone", "insomnio": "sleep", "النوم والارق": "sleep", "cold turkey": "withdrawal-danger"} {
		p.types(words)
		p.until(words+" is found", `[...document.querySelectorAll('form[role=search] + div a.row')].slice(0, 3).some((a) => a.hash === '#/learn/`+p.code(module)+`')`)
		p.until("no help above "+words, `!document.querySelector('main .help-card')`)
	}
	p.see("Found by:")
	p.accessible("a search")
	p.shot("learn-search")
	p.types("xyzzyx he is not breathing")
	p.until("help above what is found", `document.querySelector('main .help-card a.call[href^="tel:"]')?.compareDocumentPosition(document.querySelector('form[role=search]')) === Node.DOCUMENT_POSITION_FOLLOWING`)
	p.accessible("a search with help")
	p.shot("learn-search-help")
	p.types("xyzzyx")
	p.see("No page has these words.")
	p.until("help from there", `document.querySelector('form[role=search] + div a[href="#/help"]') && location.hash === '#/learn'`)
	p.to("#/help")
	p.to("#/learn")
	p.until("nothing of it is left", `document.querySelector('form[role=search] input')?.value === ''`)
}

// A clinician signs a page of safety; its own address then says so, to anybody.
func TestAClinicianSignsAPage(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	p.to("#/texts")
	p.title("Pages to read")
	p.see("These wait for a signature")
	p.accessible("the pages of the office")
	p.see("Words of the app that wait for a signature")
	eval[bool](p, `(() => { const one = [...document.querySelectorAll('details.card')].find((d) => /Worried about someone.*English/.test(d.innerText)); one.open = true; return true; })()`)
	p.see("Call the emergency number first.")
	p.accessible("words of the app")
	p.shot("learn-words")
	p.tap("I have read it. Sign it")
	p.see("It is signed.")
	p.see("Shown · Signed: Psychiatrist")
	p.to("#/texts/naloxone/en")
	p.see("Look at these before you sign")
	p.accessible("a page of the office")
	p.shot("learn-office")
	p.tap("I have read it. Sign it")
	p.see("It is signed.")
	p.see("Signed: Psychiatrist")
	p.tap("Write a text of our own")
	p.tap("Check")
	p.see("What the check says")
	p.accessible("a text that was checked")
	page := eval[string](p, `fetch('/learn/en/naloxone').then((r) => r.text())`)
	if !strings.Contains(page, "A clinician reviewed this page on") || strings.Contains(page, "Imani") {
		t.Errorf("%.400s", page)
	}
	maya := "#/p/" + c.person("patient", "").PatientID
	p.to(maya + "/given")
	p.title("Given to read")
	p.fill("Why this page?", "You said that nights are hard.")
	p.tap("Give this page")
	p.see("The page is on their list.")
	p.accessible("what was given to read")
}
