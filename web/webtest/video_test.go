package webtest

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// received is what a page has got of all others, by the browser's own count.
const received = `async () => {
  const { current } = await import('/app/video/call.js');
  const out = { pc: current()?.transport?.generation, sound: 0, frames: 0, energy: {}, seats: current()?.seats };
  (await current()?.transport?.pc.getStats())?.forEach((s) => {
    if (s.type !== 'inbound-rtp') return;
    if (s.kind === 'video') {
      out.frames += s.framesDecoded ?? 0;
    } else {
      out.sound += s.packetsReceived ?? 0;
      out.energy[s.mid] = s.totalAudioEnergy ?? 0; // of what was played
    }
  });
  return out;
}`

// growth is what came within a second, and of how many people. Voices are those that
// are louder than the hiss that a browser puts into silence.
const growth = `(async () => {
  const look = ` + received + `;
  const before = await look();
  await new Promise((done) => setTimeout(done, 1000));
  const now = await look();
  const of = (kind) => (now.seats ?? []).filter((s) => s.person && s.kind === kind && !s.paused);
  const loud = ({ mid }) => now.energy[mid] - (before.energy[mid] ?? 0) > 1e-5;
  return { Same: before.pc === now.pc, Sound: now.sound - before.sound, Frames: now.frames - before.frames,
    Voices: of('audio').filter(loud).length, Pictures: of('video').length, Seats: JSON.stringify(now.seats.filter((s) => s.person)) };
})()`

// keepSockets lets a test lose the message connection, and see whether the one of
// media stays.
const keepSockets = `sockets = [];
WebSocket = class extends WebSocket { constructor(...all) { super(...all); sockets.push(this); } };
generation = async () => (await import('/app/video/call.js')).current()?.transport?.generation;`

type grown struct {
	Same             bool
	Sound, Frames    int
	Voices, Pictures int
	Seats            string
}

// meetPatience is for pictures on a machine that has other things to do.
const meetPatience = 45 * time.Second

// meets waits until the sound and the pictures of others grow.
func (p *phone) meets(who string, others int) {
	p.t.Helper()
	p.grows(who+" sees and hears", func(g grown) bool {
		return g.Same && g.Voices >= others && g.Pictures >= others && g.Frames >= 2*others
	})
}

// alone waits until nothing comes any more.
func (p *phone) alone(who string) {
	p.t.Helper()
	p.grows(who+" hears and sees nothing", func(g grown) bool { return g.Same && g.Sound == 0 && g.Frames == 0 })
}

func (p *phone) grows(what string, right func(grown) bool) {
	p.t.Helper()
	var g grown
	for until := time.Now().Add(meetPatience); time.Now().Before(until); {
		if g = eval[grown](p, growth); right(g) {
			return
		}
	}
	p.t.Fatalf("never came: %s. In the last second: %+v", what, g)
}

// toTheDoor goes from the list to the check and on to the waiting room.
func (p *phone) toTheDoor(list string) {
	p.t.Helper()
	p.to(list)
	p.tap("Join the visit")
	p.title("Try your sound and picture")
	p.see("Your microphone works")
	p.see("Your camera works")
	p.see("We can hear you.")
	p.until("a picture", "document.querySelector('.preview').videoWidth > 0")
}

// Three people meet by video in the demo's visit of today: the patient and her
// mother wait, are let in, wait during a talk of the team, are sent back, load the
// page again, and go.
func TestThreePeopleMeetByVideo(t *testing.T) {
	needAxe(t)
	c := openClinic(t)
	maya, rosa, leila := c.person("patient", ""), c.person("supporter", ""), c.person("clinician", "therapy")
	devices := fakeDevices(t)
	open := func(a account) *phone {
		p := newPhone(t, c.BaseURL, "en-US", devices...)
		p.signIn(a.EnrolmentCode)
		return p
	}
	patient, mother, lead := open(maya), open(rosa), open(leila)

	patient.toTheDoor("#/visits")
	patient.accessible("the check")
	patient.shot("video-check")
	patient.tap("Go to the waiting room")
	patient.title("Waiting room")
	patient.see("Your team will let you in.")
	patient.see("Nobody is in the visit yet.")
	patient.see("Your connection is good.")
	patient.accessible("the waiting room")
	patient.shot("video-waiting")

	mother.toTheDoor("#/p/" + maya.PatientID + "/visits")
	mother.tap("Go to the waiting room")
	mother.title("Waiting room")
	mother.mustNotSee("Maya Torres") // who waits does not see who else waits

	lead.settled(screen{"my day", "#/my-day", "Visits today"})
	lead.see("In the waiting room now: 2")
	lead.accessible("my day while people wait")
	lead.shot("video-my-day-lobby")
	lead.window(1280, 800)
	lead.shot("video-my-day-lobby-1280")
	lead.toTheDoor("#/week")
	lead.tap("Go in")
	lead.title("Your visit")
	lead.see("Maya Torres")
	lead.see("Rosa Torres")
	lead.accessible("the room with people who wait")
	lead.shot("video-lobby-desk")
	lead.tap("The patient's page")
	lead.see("What waits")
	lead.accessible("the patient's page beside the visit")
	lead.shot("video-beside-1280")
	lead.tap("People")
	patient.see("Leila Haddad")

	lead.tap("Connection")
	lead.see("there and back") // the own figures: then those of others have been taken too
	lead.tap("How everyone is connected")
	lead.see("by UDP") // of the patient too, who still waits
	lead.until("a line for each", "document.querySelectorAll('.reports li').length === 3")
	lead.accessible("figures of everybody")
	lead.shot("video-figures")
	lead.tap("People")

	lead.tap("Let in: Maya Torres")
	patient.title("Your visit")
	patient.see("Leila Haddad let you in.")
	lead.meets("the therapist", 1)
	patient.meets("the patient", 1)
	lead.tap("Let in: Rosa Torres")
	mother.title("Your visit")
	for who, p := range map[string]*phone{"the patient": patient, "the mother": mother, "the therapist": lead} {
		p.meets(who, 2)
		p.accessible(who + " in the visit")
	}
	lead.shot("video-inside-desk")
	patient.shot("video-inside")
	patient.tap("Show speaker")
	patient.until("one large picture", "document.querySelectorAll('.tile.large').length === 1")
	patient.shot("video-speaker")

	patient.writes("Can you hear me?")
	lead.see("Maya Torres wrote a message.")
	lead.tap("Messages")
	lead.see("Can you hear me?")
	lead.accessible("messages")
	lead.shot("video-messages")
	lead.fill("Your message", "Look at this page.")
	lead.tap("Show it under the pictures")
	lead.tap("Send")
	patient.see("Look at this page.")
	lead.tap("Keep these messages")
	patient.see("Leila Haddad kept these messages.")
	lead.tap("Show screen")
	patient.until("the screen of the therapist", `[...document.querySelectorAll('.tile.screen video')].some((v) => v.videoWidth > 0)`)
	patient.accessible("a shared screen with words under it")
	patient.shot("video-screen")
	lead.tap("Stop screen")
	patient.until("no screen any more", `!document.querySelector('.tile.screen')`)
	patient.tap("Mute")
	mother.until("a sign that she is muted", `[...document.querySelectorAll('.tile')].some((f) => f.innerText.includes('Maya Torres') && f.textContent.includes('microphone off'))`)
	patient.tap("Unmute")

	lead.tap("People")
	lead.tap("Talk without the patient")
	lead.see("Only the team hears you now.")
	for who, p := range map[string]*phone{"the patient": patient, "the mother": mother} {
		p.title("Please wait a moment")
		p.see("The team is talking. You are waiting.")
		p.alone(who)
	}
	patient.accessible("on hold")
	patient.shot("video-hold")
	lead.tap("Bring everyone back")
	patient.see("The visit goes on.")
	mother.title("Your visit")
	patient.meets("the patient after the talk", 2)

	lead.tap("To the waiting room: Rosa Torres")
	mother.title("Waiting room")
	mother.see("Leila Haddad asked you to wait here.")
	mother.alone("the mother")
	mother.load(eval[string](mother, "location.hash"))
	mother.title("Waiting room")
	mother.see("Your team asked you to wait here for a while.")
	lead.tap("Let in: Rosa Torres")
	mother.title("Your visit")
	mother.meets("the mother again", 2)

	call(patient, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: keepSockets})
	patient.load(eval[string](patient, "location.hash")) // the place is kept
	patient.title("Your visit")
	patient.meets("the patient after a reload", 2)
	lead.meets("the therapist after it", 2)
	before := eval[int](patient, "generation()")
	eval[chromedp.Void](patient, "sockets.at(-1).close(); undefined") // messages are lost for a moment, sound and pictures are not
	patient.until("the messages are back", "sockets.length === 2 && sockets[1].readyState === WebSocket.OPEN")
	patient.meets("the patient whose messages were lost", 2)
	if now := eval[int](patient, "generation()"); now != before {
		t.Errorf("the media connection was made anew: %d, before %d", now, before)
	}
	lead.mustNotSee("Maya Torres is gone")
	c.stop()
	c.again() // everybody is back in their place by themselves
	up := time.Now()
	for who, p := range map[string]*phone{"the patient": patient, "the mother": mother, "the therapist": lead} {
		p.meets(who+" after a restart", 2)
		t.Logf("%s: %s", who, time.Since(up))
		p.title("Your visit")
	}
	t.Logf("everybody met again %s after the program was back", time.Since(up))
	patient.tap("Help now") // the way to help stays, and the visit goes on
	patient.see("988")
	patient.tap("Your visit goes on. Go back to it")
	patient.title("Your visit")
	patient.meets("the patient who came back", 2)

	patient.tap("Leave")
	patient.title("You are out of the visit")
	patient.see("You left the visit.")
	patient.accessible("after the visit")
	patient.to(eval[string](patient, "location.hash.replace(/\\/(room|join).*$/, '')"))
	patient.tap("Messages of the visit")
	patient.see("Can you hear me?")
	patient.see("Leila Haddad kept these on")
	patient.accessible("messages that were kept")
	patient.shot("video-kept")
	lead.see("Maya Torres is gone.")
	lead.tap("End for everyone")
	lead.tap("Yes, end it")
	lead.title("You are out of the visit")
	mother.see("The visit is over.")
	lead.to(eval[string](lead, "location.hash.replace(/\\/(room|join).*$/, '')")) // the visit itself
	lead.tap("How the connections were")
	lead.see("min connected")
	lead.see("Maya Torres")
	lead.accessible("how the connections were")
	lead.shot("video-connections")
	mother.shot("video-over")
	for _, p := range []*phone{patient, mother, lead} {
		if eval[bool](p, `import('/app/video/own.js').then((m) => Boolean(m.own.tracks.audio || m.own.tracks.video))`) {
			t.Error("a camera or microphone is still on")
		}
	}
}

// writes sends a message to everybody in the visit.
func (p *phone) writes(text string) {
	p.t.Helper()
	p.tap("Messages")
	p.fill("Your message", text)
	p.tap("Send")
	p.see(text)
	p.tap("Messages")
}
