package reminder

import "strings"

// DoseTime is one time of a plan of steps, on the clock where the person is. Ref is the
// line of the list; what and how much is not in it.
type DoseTime struct {
	Ref string // of the medicine
	On  string // YYYY-MM-DD
	At  string // HH:MM
}

// DoseDays is how many days ahead times of plans are planned, yesterday among them. A look
// at everybody, every few hours, goes on from there.
const DoseDays = 12

// ForDoses makes a rule of each time. Its name is the day and the time: however a plan
// changes, nobody is told of the same time twice.
func ForDoses(times []DoseTime) []Rule {
	var out []Rule
	for _, t := range times {
		id := "dose:" + t.Ref + ":" + strings.ReplaceAll(t.At, ":", "") + ":" + t.On
		out = append(out, Rule{ID: id, Kind: MedicineTime, Ref: t.Ref, Policy: Here, Time: t.At, From: t.On, Until: t.On})
	}
	return out
}
