package webtest

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// changingDevices puts devices into a page that a test can take away, give to another
// app, and take back: by the browser's own names and errors, with real tracks.
const changingDevices = `plugged = [['audioinput', 'headset'], ['audioinput', 'desk'], ['videoinput', 'front'], ['videoinput', 'back'], ['audiooutput', 'default'], ['audiooutput', 'ears']];
problem = {}; given = [];
if (navigator.mediaDevices) {
  const media = navigator.mediaDevices;
  const made = { audio: () => { const a = new AudioContext(); const o = a.createOscillator(); const d = a.createMediaStreamDestination(); o.connect(d); o.start(); return d.stream; },
    video: () => { const c = document.createElement('canvas'); c.getContext('2d').fillRect(0, 0, 9, 9); return c.captureStream(5); } };
  media.enumerateDevices = async () => plugged.map(([kind, id]) => ({ kind, deviceId: id, label: 'The ' + id, groupId: id }));
  media.getUserMedia = async (wish) => {
    const [kind] = Object.keys(wish);
    const all = plugged.filter(([k]) => k === kind + 'input').map(([, id]) => id);
    const exact = wish[kind].deviceId?.exact;
    if (problem[kind]) throw new DOMException('no', problem[kind]);
    if (exact && !all.includes(exact)) throw new DOMException('no', 'OverconstrainedError');
    if (all.length === 0) throw new DOMException('no', 'NotFoundError');
    const id = exact ?? all[0];
    if (problem[id]) throw new DOMException('no', problem[id]);
    const stream = made[kind]();
    const [track] = stream.getTracks();
    track.getSettings = () => ({ deviceId: id });
    track.id_ = id;
    given.push(track);
    return stream;
  };
  unplug = (id, ends = true) => {
    plugged = plugged.filter(([, one]) => one !== id);
    if (ends) given.filter((t) => t.id_ === id && t.readyState === 'live').forEach((t) => { t.stop(); t.dispatchEvent(new Event('ended')); });
    media.dispatchEvent(new Event('devicechange'));
  };
  plug = (kind, id) => { plugged.push([kind, id]); media.dispatchEvent(new Event('devicechange')); };
  hold = (held) => { const t = given.findLast((one) => one.kind === 'audio' && one.readyState === 'live'); Object.defineProperty(t, 'muted', { value: held, configurable: true }); t.dispatchEvent(new Event(held ? 'mute' : 'unmute')); };
}`

// ownDevices opens a bare page with changing devices, whose news a test can read.
func ownDevices(t *testing.T) *phone {
	p := newPhone(t, bare(t, nil), "en-US", "autoplay-policy=no-user-gesture-required")
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: changingDevices})
	p.load("")
	p.title("Welcome")
	eval[chromedp.Void](p, `(async () => {
	  own = (await import('/app/video/own.js')).own;
	  await (await import('/app/texts.js')).allTexts(); // as before each screen that is loaded later
	  (await import('/app/video/news.js')).tellNews();
	  news = [];
	  own.addEventListener('news', (e) => news.push(e.detail.kind + ' ' + e.detail.what));
	  const clock = performance.now.bind(performance);
	  let later = 0;
	  performance.now = () => clock() + later;
	  settled = () => { later += 2000; }; // a device has worked for a while
	  told = async (n) => { while (news.length < n) await new Promise((done) => setTimeout(done, 20)); };
	  uses = () => [own.tracks.audio?.readyState === 'live' ? own.tracks.audio.id_ : '', own.tracks.video?.readyState === 'live' ? own.tracks.video.id_ : ''].join('+');
	  await own.open();
	})()`)
	return p
}

// A device that goes away is followed by another one at once, whatever was chosen and
// however the browser says it; what can't be had is said, and each tap tries again.
func TestDevicesChangeUnderAPerson(t *testing.T) {
	for name, c := range map[string]struct{ script, uses, news, said string }{
		"the chosen headset ends":           {`await own.choose('audio', 'headset'); settled(); unplug('headset')`, "desk+front", "audio other", "Your microphone went away. We now use another one."},
		"it goes and its track does not":    {`settled(); unplug('headset', false)`, "desk+front", "audio other", "Your microphone went away."},
		"the camera ends":                   {`await own.choose('video', 'back'); settled(); unplug('back')`, "headset+front", "video other", "Your camera went away. We now use another one."},
		"the chosen one is gone already":    {`plugged = plugged.filter(([, id]) => id !== 'desk'); await own.choose('audio', 'desk')`, "headset+front", "audio instead", "can't be used now"},
		"the chosen one is in use":          {`problem.back = 'NotReadableError'; await own.choose('video', 'back')`, "headset+front", "video instead", "can't be used now"},
		"the last one goes":                 {`settled(); plugged = plugged.filter(([, id]) => id !== 'desk'); unplug('headset')`, "+front", "audio none", "No microphone was found."},
		"the last one goes and comes back":  {`settled(); plugged = plugged.filter(([, id]) => id !== 'desk'); unplug('headset'); await told(1); plug('audioinput', 'headset')`, "headset+front", "audio none,audio here", "Your microphone works now."},
		"permission is taken back":          {`settled(); problem.audio = 'NotAllowedError'; unplug('headset')`, "+front", "audio blocked", "The microphone is not allowed."},
		"unmute tries again, in vain":       {`settled(); problem.audio = 'NotReadableError'; unplug('headset'); await told(1); own.mute(false)`, "+front", "audio busy,audio busy", "Another app uses the microphone."},
		"unmute tries again":                {`settled(); problem.audio = 'NotReadableError'; unplug('headset'); await told(1); delete problem.audio; own.mute(false)`, "desk+front", "audio busy", ""},
		"a camera that is off stays off":    {`await own.camera(false); unplug('front')`, "headset+", "", ""},
		"a picture that fits nowhere":       {`own.unfit(); await own.camera(true)`, "headset+", "video unfit", "no picture that fits here"},
		"the speaker goes":                  {`own.playOn('ears'); unplug('ears')`, "headset+front", "speaker other", "Your speaker went away."},
		"a phone call":                      {`settled(); hold(true)`, "headset+front", "audio held", "Nobody can hear you now."},
		"a phone call that ends":            {`settled(); hold(true); await told(1); hold(false)`, "headset+front", "audio held,audio back", "Your microphone is back."},
		"one that ends as soon as it began": {`unplug('headset')`, "desk+front", "audio gone,audio here", "Your microphone works now."},
	} {
		t.Run(name, func(t *testing.T) {
			p := ownDevices(t)
			eval[chromedp.Void](p, `(async () => { `+c.script+`; })()`)
			p.until("news "+c.news, `news.join() === `+quote(c.news)+` && uses() === `+quote(c.uses))
			if c.said != "" {
				p.see(c.said)
			}
			if c.news == "audio held" && eval[bool](p, `own.on.audio`) {
				t.Error("others are told that the microphone is on")
			}
		})
	}
}

// Whoever is muted stays muted on another microphone.
func TestAnotherMicrophoneIsAsMuteAsTheOneBefore(t *testing.T) {
	p := ownDevices(t)
	eval[chromedp.Void](p, `(async () => { settled(); await own.mute(true); unplug('headset'); })()`)
	p.until("another one", `uses() === 'desk+front'`)
	if eval[bool](p, `own.on.audio || own.tracks.audio.enabled`) {
		t.Error("the microphone is on")
	}
}

// A meter that does not run says nothing, and is woken from whatever state it is in.
func TestAMeterThatDoesNotRunClaimsNothing(t *testing.T) {
	p := ownDevices(t)
	for _, state := range []string{"interrupted", "suspended", "closed"} {
		got := eval[string](p, `(async () => {
		  let asked = 0;
		  const Real = AudioContext;
		  AudioContext = class extends Real { get state() { return stuck ?? super.state; } resume() { asked += 1; return super.resume(); } };
		  let stuck = null;
		  own.meter.listen(own.tracks.audio);
		  const until = async (right) => { while (!right()) await new Promise((done) => setTimeout(done, 50)); };
		  await until(() => own.level() > 0);
		  const was = own.meter.context;
		  stuck = `+quote(state)+`;
		  const level = own.level();
		  const again = own.meter.context !== was ? 'anew' : asked > 0 ? 'resumed' : 'nothing';
		  stuck = null;
		  await until(() => own.level() > 0);
		  AudioContext = Real;
		  return level + ' ' + again;
		})()`)
		if want := map[bool]string{true: "null anew", false: "null resumed"}[state == "closed"]; got != want {
			t.Errorf("%s: %s", state, got)
		}
	}
	if got := eval[string](p, `import('/app/video/measure.js').then((m) => {
	  const look = { at: 0, freezes: 0, frozen: 0, concealed: 0, rtt: 0, path: '' };
	  return JSON.stringify([m.between(look, look, null), m.between(look, look, 0)]);
	})`); strings.Count(got, "microphonePeak") != 1 {
		t.Errorf("the report of a meter that did not run: %s", got)
	}
}

// The screen stays on until the visit is over, also after the page was hidden; a
// browser without such a lock is left alone.
func TestTheScreenStaysOnInAVisit(t *testing.T) {
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("")
	p.title("Welcome")
	got := eval[string](p, `(async () => {
	  const { keepAwake, letSleep } = await import('/app/video/awake.js');
	  const locks = [];
	  const put = (wakeLock) => Object.defineProperty(navigator, 'wakeLock', { value: wakeLock, configurable: true });
	  put({ request: async () => { const one = { released: false, async release() { this.released = true; } }; locks.push(one); return one; } });
	  const seen = async () => { document.dispatchEvent(new Event('visibilitychange')); await new Promise((done) => setTimeout(done)); };
	  const held = () => locks.filter((one) => !one.released).length;
	  const out = [];
	  await keepAwake(); out.push(held());
	  await seen(); out.push(held());
	  locks[0].released = true; // as a browser does when the page is hidden
	  await seen(); out.push(held());
	  await letSleep(); out.push(held());
	  await seen(); out.push(held());
	  put(undefined); await keepAwake(); await letSleep();
	  put({ request: async () => { throw new DOMException('no', 'NotAllowedError'); } }); await keepAwake(); await letSleep();
	  return out.join() + ' of ' + locks.length;
	})()`)
	if got != "1,1,1,0,0 of 2" {
		t.Error(got)
	}
}

// Inside of a visit the microphone, the camera and the speaker can be changed, and the
// visit goes on when the headset goes away. A phone call is told to both sides.
func TestDevicesAreChangedInsideAVisit(t *testing.T) {
	needAxe(t)
	c := openClinic(t)
	maya, leila := c.person("patient", ""), c.person("clinician", "therapy")
	flags := fakeDevices(t)
	lead := newPhone(t, c.BaseURL, "en-US", flags...)
	lead.signIn(leila.EnrolmentCode)
	patient := newPhone(t, c.BaseURL, "en-US", flags...)
	call(patient, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: changingDevices})
	patient.signIn(maya.EnrolmentCode)
	patient.to("#/visits")
	patient.tap("Join the visit")
	patient.see("Your microphone works")
	patient.tap("Go to the waiting room")
	patient.title("Waiting room")
	lead.toTheDoor("#/week")
	lead.tap("Go in")
	lead.title("Your visit")
	lead.tap("People")
	lead.tap("Let in: Maya Torres")
	patient.title("Your visit")
	patient.tap("Devices")
	patient.pick("Which microphone?", "The desk")
	patient.until("the other microphone", `given.findLast((t) => t.kind === 'audio').id_ === 'desk'`)
	patient.see("Where do you want to hear the visit?")
	patient.accessible("the devices in a visit")
	patient.shot("video-devices")
	lead.grows("the therapist hears the other microphone", func(g grown) bool { return g.Voices == 1 })
	eval[chromedp.Void](patient, `performance.now = () => 1e9; unplug('desk')`)
	patient.see("Your microphone went away. We now use another one.")
	patient.until("a list that follows", `!document.querySelector('.aside').innerText.includes('Which microphone?')`)
	lead.grows("the therapist hears the default microphone", func(g grown) bool { return g.Voices == 1 })
	eval[chromedp.Void](patient, `plug('audioinput', 'desk')`)
	patient.see("Which microphone?")
	eval[chromedp.Void](patient, `hold(true)`)
	patient.see("Nobody can hear you now.")
	lead.see("Something else has Maya Torres’s microphone, such as a phone call.")
	lead.see("a call has the microphone")
	eval[chromedp.Void](patient, `hold(false)`)
	patient.see("Others can hear you again.")
	lead.see("Maya Torres can be heard again.")
	lead.grows("the therapist hears her again", func(g grown) bool { return g.Voices == 1 })
}
