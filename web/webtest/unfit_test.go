package webtest

import (
	"testing"

	"github.com/chromedp/cdproto/page"
)

// withoutPictures is a browser that has H264 and no other picture, as some phones are.
const withoutPictures = `if (globalThis.RTCRtpTransceiver) {
  const taken = /^video\/(vp8|vp9|av1)$/i;
  const has = (codecs) => codecs.filter((c) => !taken.test(c.mimeType));
  for (const side of [RTCRtpReceiver, RTCRtpSender]) {
    const all = side.getCapabilities.bind(side);
    side.getCapabilities = (kind) => { const c = all(kind); return { ...c, codecs: has(c.codecs) }; };
  }
  const prefer = RTCRtpTransceiver.prototype.setCodecPreferences;
  RTCRtpTransceiver.prototype.setCodecPreferences = function (codecs) { return prefer.call(this, has(codecs)); };
  const add = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (kind, init) {
    const made = add.call(this, kind, init);
    if (kind === 'video') prefer.call(made, RTCRtpReceiver.getCapabilities('video').codecs);
    return made;
  };
}`

// withoutSecret is a browser whose offer can't be used at all.
const withoutSecret = `if (globalThis.WebSocket) {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (text) { return send.call(this, text.replaceAll('a=fingerprint:', 'a=x:')); };
}`

// Somebody whose browser has no picture that fits is heard and hears; somebody whose
// offer is refused is in the room; and both sides are told in words.
func TestABrowserWithoutPicturesThatFitHasSound(t *testing.T) {
	needAxe(t)
	c := openClinic(t)
	maya, rosa, leila := c.person("patient", ""), c.person("supporter", ""), c.person("clinician", "therapy")
	devices := fakeDevices(t)
	open := func(a account, script string) *phone {
		p := newPhone(t, c.BaseURL, "en-US", devices...)
		if script != "" {
			call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		}
		p.signIn(a.EnrolmentCode)
		return p
	}
	lead, patient, mother := open(leila, ""), open(maya, withoutPictures), open(rosa, withoutSecret)
	patient.toTheDoor("#/visits")
	patient.tap("Go to the waiting room")
	patient.title("Waiting room")
	patient.see("Your browser has no pictures that fit here. You can hear and speak.")
	patient.see("You can join with sound only.")
	lead.toTheDoor("#/week")
	lead.tap("Go in")
	lead.title("Your visit")
	lead.tap("People")
	lead.see("sound only: their browser has no pictures that fit")
	lead.tap("Let in: Maya Torres")
	patient.title("Your visit")
	lead.see("Maya Torres has no picture and sees none")
	patient.see("Your browser has no pictures that fit here.")
	lead.grows("the therapist hears her", func(g grown) bool { return g.Voices == 1 && g.Pictures == 0 })
	patient.grows("she hears the therapist", func(g grown) bool { return g.Voices == 1 })
	if eval[bool](patient, `import('/app/video/own.js').then(({ own }) => own.tracks.video !== null)`) {
		t.Error("the camera is not given back")
	}
	if eval[bool](patient, `[...document.querySelectorAll('.controls button')].some((b) => !b.hidden && /Camera|screen/.test(b.innerText))`) {
		t.Error("a camera is offered that nobody can see")
	}
	patient.accessible("a visit without a picture")
	patient.shot("video-sound-only")

	mother.toTheDoor("#/p/" + maya.PatientID + "/visits")
	mother.tap("Go to the waiting room")
	mother.see("Your browser can't bring sound or pictures here.")
	lead.see("no sound, no picture: their browser can't")
	lead.tap("Let in: Rosa Torres")
	lead.see("Rosa Torres has no sound and no picture")
	lead.shot("video-told-of-others")
	lead.grows("the therapist hears the patient still", func(g grown) bool { return g.Voices == 1 })
}

// The page tells a processor that is full from a network that is.
func TestThePageTellsABusyDeviceFromAWeakNetwork(t *testing.T) {
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("")
	p.title("Welcome")
	for name, c := range map[string]struct{ before, now, want string }{
		"all is well":             {`{}`, `{ decoded: 150 }`, `0 0 ""`},
		"the sender is busy":      {`{}`, `{ cpu: 4000 }`, `4000 0 "processor"`},
		"a moment only":           {`{}`, `{ cpu: 400 }`, `400 0 ""`},
		"the sender's link":       {`{}`, `{ narrow: 4000 }`, `0 0 "network"`},
		"a reason without times":  {`{ reason: 'cpu' }`, `{ reason: 'cpu' }`, `5000 0 "processor"`},
		"pictures are dropped":    {`{ dropped: 1 }`, `{ decoded: 60, dropped: 90, pictures: 900 }`, `0 5000 "processor"`},
		"dropped, for they lack":  {`{}`, `{ decoded: 60, dropped: 90, pictures: 900, missing: 90 }`, `0 0 ""`},
		"decoding takes long":     {`{}`, `{ decoded: 40, decoding: 4800, pictures: 900 }`, `0 5000 "processor"`},
		"a figure that is absent": {`{}`, `{ decoded: undefined, cpu: undefined }`, `0 0 ""`},
	} {
		got := eval[string](p, `import('/app/video/measure.js').then(({ busy, limits }) => {
		  const look = (more) => ({ at: 0, decoded: 0, dropped: 0, decoding: 0, missing: 0, pictures: 0, cpu: 0, narrow: 0, reason: '', ...more });
		  const [before, now] = [look(`+c.before+`), look({ at: 5000, ...`+c.now+` })];
		  const { send, receive } = busy(before, now);
		  return [send, receive, JSON.stringify(limits(before, now))].join(' ');
		})`)
		if got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	got := eval[string](p, `Promise.all([import('/app/video/link.js'), import('/app/video/own.js')]).then(([{ troubleOf }, { own }]) => {
	  const call = (more) => ({ room: { you: { role: 'patient' } }, silent: {}, transport: { pc: { connectionState: 'connected' } }, ...more });
	  return [call({ network: { mos: 2 } }), call({ network: { mos: 2, cause: 'processor' } }), call({ network: { mos: 3.5 }, slow: 'network' }),
	    call({ network: { mos: 4.2 }, slow: 'network' }), call({ slow: 'processor' }), call({ room: { you: { role: 'patient', lacks: { speak: true } } } })].map(troubleOf).join();
	})`)
	if got != "poor,busy,low,,busy,lacks.speak" {
		t.Error(got)
	}
}
