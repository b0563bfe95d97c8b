package crisisplan

import (
	"strconv"
	"testing"
	"time"

	"handrail/models"
)

func TestPhoneHolds(t *testing.T) {
	p, v := activePlan(samsPlan())
	for i := range 3 {
		c := samsPlan()
		c.ReasonForLiving = string(rune('a' + i))
		next, _, err := p.Save(Edit{Content: c, From: v, Newest: v, Active: v}, sam, planDay, hours(24*(i+1)))
		if err == nil {
			err = p.Activate(&next, &v, sam, Assent{}, planDay, hours(24*(i+1)))
		}
		if err != nil {
			t.Fatal(err)
		}
		v = next
	}
	phone, tablet := models.Device{ID: "d1", Name: "Sam's phone"}, models.Device{ID: "d2", Name: "Tablet"}
	old, err := p.Receive(Receipt{}, phone, 3, hours(50))
	if err != nil {
		t.Fatal(err)
	}
	old, err = p.Receive(old, phone, 3, hours(90))
	if err != nil || !old.Since.Equal(hours(50)) || !old.At.Equal(hours(90)) {
		t.Errorf("told again: %+v, %v", old, err)
	}
	fresh, _ := p.Receive(Receipt{}, tablet, 4, hours(80))
	got := PhoneHolds(p, []Receipt{fresh, old})
	if len(got) != 2 || got[0].DeviceName != "Sam's phone" || got[0].Holds != 3 || got[0].Newest != 4 || got[0].StaleSince == nil || !got[0].StaleSince.Equal(hours(72)) {
		t.Errorf("a phone that has 3 of 4: %+v", got)
	}
	if got[1].StaleSince != nil || got[1].Holds != 4 {
		t.Errorf("a tablet that has the newest: %+v", got[1])
	}
	if r, err := p.Receive(old, phone, 4, hours(91)); err != nil || !r.Since.Equal(hours(91)) {
		t.Errorf("a newer one: %+v, %v", r, err)
	}
	for _, version := range []int64{-1, 5} {
		if _, err := p.Receive(Receipt{}, phone, version, accessNow); models.KindOf(err) != models.KindInvalid {
			t.Errorf("version %d: %v", version, err)
		}
	}
	if none := PhoneHolds(p, []Receipt{{DeviceID: "d3"}})[0]; none.Holds != 0 || !none.StaleSince.Equal(accessNow.Truncate(time.Millisecond)) {
		t.Errorf("a phone with no plan yet: %+v", none)
	}
}

func TestOldActivationsAreForgotten(t *testing.T) {
	p, v := activePlan(samsPlan())
	for i := range maxActivations + 5 {
		c := samsPlan()
		c.ReasonForLiving = strconv.Itoa(i)
		next, _, _ := p.Save(Edit{Content: c, From: v, Newest: v, Active: v}, sam, planDay, hours(i+1))
		if err := p.Activate(&next, &v, sam, Assent{}, planDay, hours(i+1)); err != nil {
			t.Fatal(err)
		}
		v = next
	}
	if len(p.Activations) != maxActivations || p.Reviews.LastOn != planDay {
		t.Errorf("%d kept", len(p.Activations))
	}
	if since := p.staleSince(1); since == nil || !since.Equal(p.Activations[0].At) {
		t.Errorf("the oldest copy is stale since %v", since)
	}
}
