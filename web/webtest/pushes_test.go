package webtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"handrail/client"
	"handrail/notify/notifytest"
	"handrail/notify/texts"
)

// allowNotes answers the browser's question for notes with yes.
func (p *phone) allowNotes() {
	p.t.Helper()
	call(p, browser.SetPermission, browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: "notifications"},
		Setting: browser.PermissionSettingGranted, Origin: p.base, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID})
}

// ownPushService stands in for the push service of the browser's maker, which can't be
// reached from a test: subscribe gives the next address of a local service, or refuses
// when there is none left. All else is real.
const ownPushService = `(() => {
  if (!globalThis.PushManager || location.protocol === "about:") return;
  const addresses = %[1]s;
  const at = () => Number(localStorage.getItem('push-address') ?? -1);
  const subscription = () => ({ toJSON: () => addresses[at()], unsubscribe: async () => { made = null; return true; } });
  let made = at() >= 0 ? subscription() : null;
  PushManager.prototype.getSubscription = async () => made;
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || applicationServerKey !== %[2]s) throw new DOMException('', 'NotAllowedError');
    if (at() + 1 >= addresses.length) throw new DOMException('', 'AbortError');
    localStorage.setItem('push-address', at() + 1);
    return made = subscription();
  };
})()`

// pushKey is what pages subscribe with.
func (p *phone) pushKey(c *clinic) string {
	p.t.Helper()
	return must(c.caller(client.SignIn{}).PushKey(p.t.Context()))(p.t)
}

func (p *phone) usePushService(c *clinic, service *notifytest.Push, names ...string) {
	p.t.Helper()
	key := p.pushKey(c)
	var addresses []any
	for _, name := range names {
		a := service.Subscribe(name, key)
		addresses = append(addresses, map[string]any{"endpoint": a.To, "keys": map[string]string{"p256dh": a.P256dh, "auth": a.Auth}})
	}
	made, err := json.Marshal(addresses)
	if err != nil {
		p.t.Fatal(err)
	}
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(ownPushService, made, quote(key))})
}

// worker gives the registration of the page's service worker.
func (p *phone) worker() serviceworker.RegistrationID {
	p.t.Helper()
	updated := chromedp.Events(p.ctx, serviceworker.WorkerRegistrationUpdated)
	call(p, serviceworker.Enable, struct{}{})
	for e, err := range updated {
		if err != nil {
			p.t.Fatal(err)
		}
		for _, r := range e.Registrations {
			if strings.HasPrefix(r.ScopeURL, p.base) {
				return r.RegistrationID
			}
		}
	}
	p.t.Fatal("there is no service worker")
	return ""
}

// deliver gives the worker a push, as the browser does when its push service sends one.
func (p *phone) deliver(worker serviceworker.RegistrationID, body string) {
	p.t.Helper()
	call(p, serviceworker.DeliverPushMessage, serviceworker.DeliverPushMessageParams{Origin: p.base, RegistrationID: worker, Data: body})
}

// note is what the browser shows.
type note struct {
	Title, Body, Tag, Dir string
	Data                  map[string]string
	Timestamp             float64
}

// notes waits until the browser shows a number of notes.
func (p *phone) notes(n int) []note {
	p.t.Helper()
	p.until(fmt.Sprint(n, " notes"), fmt.Sprintf(`navigator.serviceWorker.getRegistration().then((r) => r.getNotifications())
	  .then((all) => { window.shown = all.map(({ title, body, tag, dir, data, timestamp }) => ({ title, body, tag, dir, data, timestamp })); return all.length === %d })`, n))
	return eval[[]note](p, `window.shown`)
}

// arrives delivers a push until a note is shown: on a busy machine the browser loses one
// on its way to the worker, and push services send again too.
func (p *phone) arrives(worker serviceworker.RegistrationID, body string) note {
	p.t.Helper()
	for range 4 {
		p.deliver(worker, body)
		if eval[bool](p, `new Promise((done) => {
		  const end = performance.now() + 5000;
		  const look = async () => {
		    const shown = await (await navigator.serviceWorker.getRegistration()).getNotifications();
		    if (shown.length > 0 || performance.now() > end) done(shown.length > 0);
		    else setTimeout(look, 50);
		  };
		  look();
		})`) {
			break
		}
	}
	return p.notes(1)[0]
}

// touch is a finger on the note, told to the worker as the browser does.
func (p *phone) touch(tag string) {
	p.t.Helper()
	inWorker[string](p, fmt.Sprintf(`self.registration.getNotifications({ tag: %s }).then(([notification]) => {
	  const event = new NotificationEvent('notificationclick', { notification });
	  event.waitUntil = (work) => { self.touched = work; };
	  self.dispatchEvent(event);
	  return self.touched;
	}).then(() => 'done')`, quote(tag)))
}

// inWorker runs script in the page's service worker, which must run, and waits for its
// promise.
func inWorker[T any](p *phone, script string) (value T) {
	p.t.Helper()
	infos, err := chromedp.Call(p.ctx, target.GetTargets, target.GetTargetsParams{})
	if err != nil {
		p.t.Fatal(err)
	}
	at := slices.IndexFunc(infos.TargetInfos, func(i *target.Info) bool {
		return i.Type == "service_worker" && strings.HasPrefix(i.URL, p.base)
	})
	if at < 0 {
		p.t.Fatal("no worker runs")
	}
	worker, leave := chromedp.NewContext(p.ctx, chromedp.WithTargetID(infos.TargetInfos[at].TargetID))
	defer leave()
	answer, err := chromedp.Call(worker, runtime.Evaluate, runtime.EvaluateParams{Expression: script, AwaitPromise: new(true), ReturnByValue: new(true)})
	if err == nil && answer.ExceptionDetails == nil {
		err = json.Unmarshal(answer.Result.Value, &value)
	}
	if err != nil || answer.ExceptionDetails != nil {
		p.t.Fatal(err, answer)
	}
	return value
}

// A patient turns notes on and quiet time off; a visit is booked for them; the server
// sends a push that the browser's own keys open; the worker shows words of the
// allow-list and nothing else; a touch opens the inbox, and the server knows of both.
func TestAPushBecomesANeutralNoteAndOpensTheInbox(t *testing.T) {
	t.Parallel()
	needAxe(t)
	service := notifytest.NewPush()
	t.Cleanup(service.Close)
	c := openClinic(t, "--loopback-pushes")
	maya, weber := c.person("patient", ""), c.person("clinician", "addiction")
	p := newNotedPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.usePushService(c, service, "chromium")
	p.signIn(maya.EnrolmentCode)
	p.allowNotes()
	p.settled(screen{"reminders", "#/reminders", "Notifications are off."})
	p.accessible("reminders")
	p.window(phoneWide, 3200, chromedp.EmulateMobile, chromedp.EmulateTouch)
	p.shot("reminders")
	p.window(phoneWide, phoneHigh, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch)
	p.tap("Turn on notifications")
	p.see("Notifications are on for this phone.")
	p.settled(screen{"reminders", "#/reminders", "Notifications are on."})
	p.neverQuiet()

	v := c.as(weber).book(maya, weber, 9)
	worker := p.worker()
	push := sent(t, service, p.inboxHas("visit-confirmed", v.Value.ID))
	shown := p.arrives(worker, push.Body)
	catalog, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	allowed := catalog["en"][texts.Look]
	if shown.Title != allowed.Title() || shown.Body != allowed.Body() || len(shown.Data) != 1 || shown.Data["id"] != shown.Tag {
		t.Errorf("the note is %+v", shown)
	}
	p.deliver(worker, push.Body) // it comes twice and is one note
	for again := p.notes(1)[0]; again.Timestamp == shown.Timestamp; {
		again = p.notes(1)[0]
	}

	p.settled(screen{"today", "#/today", "How are you today?"})
	p.touch(shown.Tag)
	p.title("My inbox")
	p.see("A visit is booked")
	p.accessible("inbox")
	p.notes(0)
	p.shot("inbox")
	trail := trailOf(p.own(c), shown.Tag)
	if !slices.Contains(trail, "accepted") || !slices.Contains(trail, "delivered") || !slices.Contains(trail, "opened") {
		t.Errorf("the trail is %v", trail)
	}
	for _, w := range service.Wrong() {
		t.Error(w)
	}
}

// sent waits for the push of an item of the inbox: the demo has a visit soon, of which
// pushes come as well.
func sent(t *testing.T, service *notifytest.Push, id string) notifytest.PushMessage {
	t.Helper()
	for giveUp := time.After(patience); ; {
		for _, m := range service.Got() {
			if strings.Contains(m.Body, id) {
				return m
			}
		}
		select {
		case <-giveUp:
			t.Fatal("no push was sent")
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func trailOf(k caller, id string) (what []string) {
	k.t.Helper()
	for _, m := range must(k.ReminderTrail(k.t.Context(), id))(k.t).Marks {
		what = append(what, m.What)
	}
	return what
}

// The push service refuses what the server sends. The page then subscribes anew by
// itself; where that brings nothing, it does not say that notes are on.
func TestNotesAreOnlyOnWhenTheyArrive(t *testing.T) {
	t.Parallel()
	service := notifytest.NewPush()
	t.Cleanup(service.Close)
	service.Answer = func(string) (int, string) { return 403, "" }
	c := openClinic(t, "--loopback-pushes")
	maya, weber := c.person("patient", ""), c.person("clinician", "addiction")
	p := newNotedPhone(t, c.BaseURL, "en-US")
	p.inZone("America/New_York")
	p.usePushService(c, service, "first", "second")
	p.signIn(maya.EnrolmentCode)
	p.allowNotes()
	p.settled(screen{"reminders", "#/reminders", "Notifications are off."})
	p.setTime("From", "")
	p.setTime("To", "")
	p.saves("When and how")
	p.tap("Turn on notifications")
	p.see("Notifications are on for this phone.")

	c.as(weber).book(maya, weber, 9)
	p.until("the first refusal", deviceIs("first", "refused"))
	p.settled(screen{"today", "#/today", "How are you today?"})
	p.settled(screen{"reminders", "#/reminders", "Notifications are on."}) // with the second subscription
	c.as(weber).book(maya, weber, 10)
	p.until("the second refusal", deviceIs("second", "refused"))
	p.settled(screen{"today", "#/today", "How are you today?"})
	p.settled(screen{"reminders", "#/reminders", "Notifications do not get through to this phone right now."})
	p.accessible("notes that do not get through")
	p.shot("notes-in-trouble")
}

// deviceIs asks the server, as the page would, for the state of the device. The name
// keeps the answers of two waits apart.
func deviceIs(name, state string) string {
	return fmt.Sprintf(`(() => { import('/app/api.js').then(({ read }) => read('/v1/me/push-device')).then(({ state }) => { window[%[1]s] = state }); return window[%[1]s] === %[2]s })()`, quote(name), quote(state))
}
