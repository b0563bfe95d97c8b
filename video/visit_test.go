package video

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"context"

	"handrail/models"
	"handrail/video/quality"
	"handrail/video/room"
	"handrail/video/signal"
	"handrail/video/videotest"
)

func TestAWholeVisit(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	ann := c.join("ann")
	if v := ann.view(); v.You.Place != room.Lobby || len(v.Expects) != 1 || v.Expects[0].ID != "doc" {
		t.Fatalf("the patient should wait and see who is expected: %+v", v)
	}
	ann.talk(1)
	doc := c.join("doc")
	doc.talk(2)
	ann.awaitView("the doctor is here", func(v room.View) bool { return len(v.People) == 1 && v.People[0].ID == "doc" })
	c.await("the doctor's media reaches the server", func() bool {
		m, ok := c.server.lookup("visit").media.Stats("doc")
		return ok && m.Path == "udp"
	})
	if ann.media.Count("audio", 2)+ann.media.Count("video", 2)+doc.media.Count("audio", 1)+doc.media.Count("video", 1) != 0 {
		t.Fatal("somebody who waits sees, hears, is seen or is heard")
	}

	c.await("how she is connected is known while she waits", func() bool {
		return slices.ContainsFunc(c.server.Reports("visit"), func(r quality.Report) bool { return r.Waiting && r.PersonID == "ann" && r.Path == "udp" })
	})

	admitted := time.Now()
	doc.command(room.Admit, "whom", "ann")
	c.await("they meet", func() bool {
		return ann.media.Count("audio", 2) > 3 && ann.media.Count("video", 2) > 3 && doc.media.Count("audio", 1) > 3 && doc.media.Count("video", 1) > 3
	})
	t.Logf("admit to first media: %v", ann.media.First(2).Sub(admitted))
	ann.await("seats", func(m message) bool { return strings.Contains(string(m.Data), `"person":"doc"`) })

	doc.command(room.Confer, "on", true)
	ann.awaitView("on hold", func(v room.View) bool { return v.OnHold })
	c.await("silence", func() bool {
		ann.media.Forget()
		return !videotest.Await(150*time.Millisecond, func() bool { return ann.media.Count("audio", 2) > 0 })
	})
	doc.command(room.Confer, "on", false)
	c.await("they meet again", func() bool { return ann.media.Count("video", 2) > 3 })

	ann.say("report", map[string]any{"seconds": 3, "freezes": 1, "microphonePeak": 0, "path": "relay"})
	ann.await("media", func(m message) bool { return field[signal.Media](m).Why == signal.WhyDevice })
	c.await("both are measured", func() bool { return len(c.server.Reports("visit")) == 2 })
	doc.command(room.SendBack, "whom", "ann")
	ann.awaitView("sent back", func(v room.View) bool { return v.You.Place == room.Lobby && v.You.SentBack })
	doc.command(room.End)
	ann.awaitBye("visit-ended", CloseEnded)
	doc.awaitBye("visit-ended", CloseEnded)
	c.await("audited and reported", func() bool {
		c.mu.Lock()
		n := len(c.reports)
		c.mu.Unlock()
		return c.audited("visit.end") && c.audited("visit.admit") && c.audited("visit.huddle") && n == 2
	})
	if c.server.Metrics().Rooms != 0 {
		t.Error("the room is still there")
	}
}

func TestTicketsAtTheDoor(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	ctx := context.Background()
	if _, err := c.server.Enter(ctx, "visit", "stranger", ""); models.KindOf(err) != models.KindNotFound {
		t.Errorf("stranger: %v", err)
	}
	if _, err := c.server.Enter(ctx, "other", "ann", ""); models.KindOf(err) != models.KindNotFound {
		t.Errorf("no such visit: %v", err)
	}
	e, _ := c.server.Enter(ctx, "visit", "ann", "")
	hello := map[string]any{"versions": []int{1}, "ticket": e.Ticket}
	first := c.dial(hello)
	first.await("welcome", nil)
	c.dial(hello).awaitBye("ticket-used", CloseRefused)
	c.dial(map[string]any{"versions": []int{1}, "ticket": e.Ticket + "x"}).awaitBye("ticket-refused", CloseRefused)
	c.dial(map[string]any{"versions": []int{99}, "ticket": "x"}).awaitBye("unknown-version", CloseProtocol)

	late, _ := c.server.Enter(ctx, "visit", "mum", "")
	c.mu.Lock()
	delete(c.guests, "mum") // the patient took the consent back in between
	c.mu.Unlock()
	c.dial(map[string]any{"versions": []int{1}, "ticket": late.Ticket}).awaitBye("not-found", CloseRefused)

	c.advance(-time.Hour)
	if _, err := c.server.Enter(ctx, "visit", "ann", ""); models.KindOf(err) != models.KindForbidden {
		t.Errorf("too early: %v", err)
	}
	c.advance(3 * time.Hour)
	if _, err := c.server.Enter(ctx, "visit", "ann", ""); models.KindOf(err) != models.KindGone {
		t.Errorf("too late: %v", err)
	}
}

func TestANewerSessionWinsAndTheOlderIsTold(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	one := c.join("doc")
	one.talk(1)
	two := c.join("doc")
	one.awaitBye("replaced", CloseReplaced)
	two.talk(2)
	if v := two.view(); v.You.Place != room.Inside {
		t.Errorf("%+v", v.You)
	}
}

func TestAResumeCatchesUpAndMediaNeverStopped(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	doc, nurse := c.join("doc"), c.join("nurse")
	doc.talk(1)
	nurse.talk(2)
	c.await("they meet", func() bool { return nurse.media.Count("audio", 1) > 3 })
	w := field[signal.Welcome](nurse.await("welcome", nil))
	_ = nurse.pipe.Close(CloseNormal, "")
	c.await("the server sees that her messages are lost", func() bool {
		r := c.server.lookup("visit")
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.sessions["nurse"].link == nil
	})
	before := nurse.media.Count("audio", 1)
	for i := range 3 {
		doc.say("chat", map[string]any{"id": fmt.Sprint("m", i), "text": "hello"})
	}
	doc.await("chat", func(m message) bool { return field[signal.Said](m).ID == "m2" })
	c.await("media goes on without signaling", func() bool { return nurse.media.Count("audio", 1) > before+10 })

	nurse.mu.Lock()
	last := nurse.lastSeq
	nurse.mu.Unlock()
	again := c.dial(map[string]any{"versions": []int{1}, "resume": w.Resume, "lastSeq": last})
	got := field[signal.Welcome](again.await("welcome", nil))
	if !got.Caught || got.Session != w.Session || got.Room.You.Place != room.Inside {
		t.Errorf("%+v", got)
	}
	again.await("chat", func(m message) bool { return field[signal.Said](m).ID == "m0" })
	again.await("chat", func(m message) bool { return field[signal.Said](m).ID == "m2" })

	_ = again.pipe.Close(CloseNormal, "") // a reload forgets everything
	lost := c.dial(map[string]any{"versions": []int{1}, "resume": got.Resume, "lastSeq": 99999})
	if got = field[signal.Welcome](lost.await("welcome", nil)); got.Caught || len(got.Said) != 3 {
		t.Errorf("a page that knows nothing gets all: %+v", got)
	}
	doc.command(room.Remove, "whom", "nurse")
	lost.awaitBye("removed-from-visit", CloseRefused)
	c.dial(map[string]any{"versions": []int{1}, "resume": got.Resume}).awaitBye("removed-from-visit", CloseRefused)
}

func TestARestartBringsEverybodyBackToTheirPlace(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	doc, ann := c.join("doc"), c.join("ann")
	mum := c.join("mum")
	doc.command(room.Admit, "whom", "ann")
	doc.command(room.Confer, "on", true)
	ann.awaitView("on hold", func(v room.View) bool { return v.OnHold })
	resume := map[string]string{}
	for id, p := range map[string]*page{"doc": doc, "ann": ann, "mum": mum} {
		resume[id] = field[signal.Welcome](p.await("welcome", nil)).Resume
	}
	c.server.Close()
	ann.awaitBye("server-restarts", CloseRestart)
	c.mu.Lock()
	snap := c.snapshots[len(c.snapshots)-1]
	c.mu.Unlock()
	raw, err := json.Marshal(snap)
	if err != nil {
		t.Fatal(err)
	}
	var kept Snapshot
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	c.start()
	if err := c.server.Restore(c.booked(), kept); err != nil {
		t.Fatal(err)
	}
	if err := c.server.Restore(c.booked(), kept); models.KindOf(err) != models.KindConflict {
		t.Errorf("restored twice: %v", err)
	}
	for id, want := range map[string]room.Place{"doc": room.Inside, "ann": room.Inside, "mum": room.Lobby} {
		p := c.dial(map[string]any{"versions": []int{1}, "resume": resume[id], "lastSeq": 3})
		w := field[signal.Welcome](p.await("welcome", nil))
		if w.Caught || w.Room.You.Place != want || w.Room.Phase != room.Huddle {
			t.Errorf("%s: %+v", id, w.Room)
		}
	}
}

func TestChatFollowsTheTable(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	doc, ann, obs := c.join("doc"), c.join("ann"), c.join("obs")
	ann.say("chat", map[string]any{"id": "w", "text": "anybody there?"})
	ann.await("error", func(m message) bool { return m.Ref == "chat" && problem(m) == "not-now" })
	doc.command(room.AdmitAll)
	ann.awaitView("inside", func(v room.View) bool { return v.You.Place == room.Inside })
	ann.say("chat", map[string]any{"id": "1", "text": "hi"})
	ann.say("chat", map[string]any{"id": "1", "text": "hi"}) // sent again, not sure that it came
	doc.await("chat", nil)
	doc.say("chat", map[string]any{"id": "2", "text": "private", "to": "obs"})
	doc.await("error", func(m message) bool { return problem(m) == "not-reachable" })
	doc.say("chat", map[string]any{"id": "2", "text": "private", "to": "ann"}) // refused before, so not yet sent
	ann.await("chat", func(m message) bool { return strings.Contains(string(m.Data), "private") })
	doc.say("caption", map[string]any{"text": "how are", "language": "en"})
	doc.say("caption", map[string]any{"text": "how are you", "language": "en", "final": true})
	obs.await("caption", func(m message) bool { return m.Seq > 0 })
	if _, ok := obs.find("chat", nil); ok {
		t.Error("an observer reads the chat")
	}
	doc.mu.Lock()
	n := 0
	for _, m := range doc.got {
		if m.Type == "chat" {
			n++
		}
	}
	doc.mu.Unlock()
	if n != 2 { // ann's, and the echo of doc's own
		t.Errorf("a message that was sent twice came %d times", n)
	}
}

func TestInterpreterChannelInMedia(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	doc, ivo, nurse := c.join("doc"), c.join("ivo"), c.join("nurse")
	doc.command(room.AdmitAll)
	for i, p := range []*page{doc, ivo, nurse} {
		p.talk(byte(i + 1))
	}
	c.await("the floor is heard", func() bool { return doc.media.Count("audio", 2) > 3 && nurse.media.Count("audio", 2) > 3 })
	nurse.command(room.Hear, "language", "es")
	ivo.command(room.Speak, "language", "es")
	nurse.await("seats", func(m message) bool { return strings.Contains(string(m.Data), `"soft":true`) })
	c.await("only who chose the language hears the interpreter", func() bool {
		doc.media.Forget()
		nurse.media.Forget()
		return videotest.Await(time.Second, func() bool { return nurse.media.Count("audio", 2) > 5 }) && doc.media.Count("audio", 2) == 0 &&
			nurse.media.Count("audio", 1) > 0
	})
}

func TestRightsThatEndTakePeopleOut(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	mum := c.join("mum")
	c.mu.Lock()
	delete(c.guests, "mum")
	c.mu.Unlock()
	if err := c.server.Recheck(context.Background(), "visit"); err != nil {
		t.Fatal(err)
	}
	mum.awaitBye("removed-from-visit", CloseRefused)
}

func TestFloodsAndNonsenseEndTheConnection(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	for name, flood := range map[string]func(*page){
		"messages":   func(p *page) { p.say("ping", map[string]any{"stamp": 1}) },
		"candidates": func(p *page) { p.say("candidate", map[string]any{"generation": 1, "candidate": "x"}) },
		"nonsense":   func(p *page) { p.say("dance", map[string]any{}) },
	} {
		p := c.join("doc")
		for range 400 {
			flood(p)
		}
		select {
		case <-p.pipe.gone:
		case <-time.After(time.Minute):
			t.Errorf("%s: still connected", name)
		}
	}
	p := c.join("ann")
	p.pipe.in <- []byte(`{"type":"offer","data":{"generation":1,"sdp":"` + strings.Repeat("v", 1<<20) + `","lines":[]}}`)
	p.awaitBye("message-too-large", CloseProtocol)
	p = c.join("ann")
	p.say("offer", map[string]any{"generation": 1, "sdp": "v=0\r\nnot sdp", "lines": []any{}})
	p.await("error", func(m message) bool { return problem(m) == "bad-offer" })
	p.say("ping", map[string]any{"stamp": 7})
	p.await("pong", nil)
}

func TestSomebodyWhoDoesNotReadHoldsUpNobody(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	doc := c.join("doc")
	e, _ := c.server.Enter(context.Background(), "visit", "nurse", "")
	deaf := newPipe()
	deaf.out = make(chan []byte) // nobody reads
	c.serves.Go(func() { _ = c.server.Serve(context.Background(), deaf) })
	raw, _ := json.Marshal(map[string]any{"type": "hello", "data": map[string]any{"versions": []int{1}, "ticket": e.Ticket}})
	deaf.in <- raw
	doc.awaitView("the nurse is there", func(v room.View) bool { return len(v.People) == 1 })
	for i := range 60 {
		doc.command(room.Raise, "on", i%2 == 0)
	}
	doc.say("ping", map[string]any{"stamp": 42})
	doc.await("pong", func(m message) bool { return field[signal.Pong](m).Stamp == 42 })
	_ = deaf.Close(CloseNormal, "")
}

func TestSomebodyGoneForLongIsShownAsGoneAndKeepsThePlace(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	doc, ann := c.join("doc"), c.join("ann")
	doc.command(room.Admit, "whom", "ann")
	ann.awaitView("inside", func(v room.View) bool { return v.You.Place == room.Inside })
	w := field[signal.Welcome](ann.await("welcome", nil))
	_ = ann.pipe.Close(CloseNormal, "")
	c.await("the server noticed", func() bool { return c.server.Metrics().Connections == 1 })
	c.advance(offlineGrace + time.Second)
	doc.awaitView("ann is shown as gone", func(v room.View) bool { return len(v.People) == 1 && !v.People[0].Connected })
	back := c.dial(map[string]any{"versions": []int{1}, "resume": w.Resume, "lastSeq": 1})
	if got := field[signal.Welcome](back.await("welcome", nil)); got.Room.You.Place != room.Inside || !got.Caught {
		t.Errorf("%+v", got)
	}
	doc.awaitView("ann is back", func(v room.View) bool { return v.People[0].Connected })
}
