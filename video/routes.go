package video

import (
	"slices"

	"handrail/video/room"
	"handrail/video/sfu"
	"handrail/video/signal"
)

// Heights that are sent to a page that has not said what it shows, in pixels.
const (
	plainVideo  = 360
	plainScreen = 1080
)

// routes asks the table for every pair and puts the result in order of importance:
// sound first, the interpreter of one's language before others, then the screen,
// then pictures in the order of the page. mu is held.
func (r *visitRoom) routes() map[string][]sfu.Route {
	out := map[string][]sfu.Route{}
	for id, s := range r.sessions {
		to := r.state.Person(id)
		if to == nil {
			continue
		}
		var sound, pictures []sfu.Route
		for _, from := range r.inOrder(to) {
			if r.state.May(from, to, room.Audio) {
				sound = append(sound, sfu.Route{From: from.ID, Kind: sfu.KindAudio, Soft: r.state.Ducked(from, to)})
			}
			for _, k := range []room.Kind{room.Screen, room.Video} {
				if r.state.May(from, to, k) {
					pictures = append(pictures, sfu.Route{From: from.ID, Kind: sfu.Kind(k), Height: height(s.shows, from.ID, k)})
				}
			}
		}
		out[id] = append(sound, byPage(pictures, s.shows)...)
	}
	return out
}

// inOrder lists the others: the interpreter of one's language, then by role.
func (r *visitRoom) inOrder(to *room.Person) []*room.Person {
	var out []*room.Person
	for i := range r.state.People {
		out = append(out, &r.state.People[i])
	}
	rank := func(p *room.Person) int {
		if p.Role == room.Interpreter && p.Speaks == to.Hears {
			return -1
		}
		return slices.Index(room.Roles, p.Role)
	}
	slices.SortStableFunc(out, func(a, b *room.Person) int { return rank(a) - rank(b) })
	return out
}

func height(shows []signal.Show, person string, k room.Kind) int {
	if shows == nil {
		if k == room.Screen {
			return plainScreen
		}
		return plainVideo
	}
	for _, s := range shows {
		if s.Person == person && s.Kind == k {
			return s.Height
		}
	}
	return 0
}

// byPage sorts pictures: screens first, then as the page lists them.
func byPage(pictures []sfu.Route, shows []signal.Show) []sfu.Route {
	place := func(p sfu.Route) int {
		if p.Kind == sfu.KindScreen {
			return -1
		}
		i := slices.IndexFunc(shows, func(s signal.Show) bool { return s.Person == p.From && string(s.Kind) == string(p.Kind) })
		if i < 0 {
			return len(shows)
		}
		return i
	}
	slices.SortStableFunc(pictures, func(a, b sfu.Route) int { return place(a) - place(b) })
	return pictures
}
