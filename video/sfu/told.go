package sfu

import "time"

// Sends notes what a person says is switched on, so that silence can be told from
// a microphone that is off.
func (r *Room) Sends(id string, on map[Kind]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m := r.members[id]; m != nil {
		m.sends = on
	}
}

// Busy notes that a person's device, and not their network, is what keeps their
// pictures small: those that they send, and those that they receive.
func (r *Room) Busy(id string, sends, receives bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m := r.members[id]; m != nil {
		m.busySends, m.busyReceives = sends, receives
	}
}

// blame tells a busy device from a weak network. A device that is late looks like a
// network that is full; one that loses nothing is not the network's.
func (r *Room) blame(m *Member, st SeatState, now time.Duration) Why {
	from := r.members[st.From]
	switch {
	case st.Why == YourNetwork && m.busyReceives && !m.down.loses(now):
		return YourDevice
	case st.Why == TheirNetwork && from != nil && from.busySends:
		return TheirDevice
	}
	return st.Why
}
