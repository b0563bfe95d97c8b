package crisisplan

import (
	"fmt"
	"math/rand/v2"
	"time"

	"handrail/models"
)

const planDay = "2026-03-01" // the local day of accessNow

var nurse = models.Actor{AccountID: "n1", Role: models.RoleClinician, Discipline: models.DisciplineNursing, Name: "Nina"}

// randomPart fills one section with valid entries that all carry the mark.
func randomPart(r *rand.Rand, c *Content, s Section, mark string) {
	say := func(i int) string { return fmt.Sprintf("%s %d.%d", mark, i, r.IntN(1000)) }
	phone := func() Phone { return Phone{Number: fmt.Sprintf("+1555%07d", r.IntN(10_000_000))} }
	maybe := func() *Phone {
		if p := phone(); r.IntN(2) == 0 {
			return &p
		}
		return nil
	}
	n := 1 + r.IntN(3)
	var f Content
	for i := range n {
		f.WarningSigns = append(f.WarningSigns, Sign{say(i), []string{"", "mood", "thought"}[r.IntN(3)]})
		f.InternalCoping = append(f.InternalCoping, Coping{say(i), []string{"", "five-senses"}[r.IntN(2)]})
		f.SocialDistraction = append(f.SocialDistraction, Company{say(i), "person", maybe(), say(i)})
		f.CrisisSupport = append(f.CrisisSupport, Helper{say(i), "sister", phone(), true, r.IntN(2) == 0})
		f.LethalMeansSafety = append(f.LethalMeansSafety, MeansStep{say(i), say(i), true, planDay})
		f.ToleranceLoss = append(f.ToleranceLoss, ToleranceLoss{"detox", fmt.Sprintf("2026-01-%02d", 1+r.IntN(28))})
		f.PostOverdose = append(f.PostOverdose, PostOverdoseStep{"contact-team", fmt.Sprintf("2026-02-%02d", 1+r.IntN(28))})
	}
	f.ReasonForLiving = say(0)
	f.ProfessionalSupport = &Professionals{[]Professional{{say(0), say(1), phone(), nil, ""}}, &Department{say(2), say(3), maybe()}}
	f.Naloxone = &Naloxone{[]NaloxoneKit{{say(0), "nasal", "2027-01-01", say(1)}}, []string{say(2)}}
	f.NeverUseAlone = &NeverUseAlone{say(0), maybe(), say(1)}
	f.DrugChecking = &DrugChecking{r.IntN(2) == 0, say(0)}
	f = f.normal()
	planFields[s].copy(c, &f)
}

// randomPlan fills some sections; each entry is marked "<mark>-<section>".
func randomPlan(r *rand.Rand, mark string) Content {
	var c Content
	for _, s := range Sections {
		if r.IntN(3) > 0 {
			randomPart(r, &c, s, mark+"-"+string(s))
		}
	}
	return c
}

// wholePlan fills every section.
func wholePlan(r *rand.Rand, mark string) Content {
	var c Content
	for _, s := range Sections {
		randomPart(r, &c, s, mark+"-"+string(s))
	}
	return c
}

// samsPlan is what a short plan looks like.
func samsPlan() Content {
	return Content{
		WarningSigns:      []Sign{{"I stop answering the phone", "behaviour"}, {"I can't sleep two nights in a row", ""}},
		InternalCoping:    []Coping{{"Breathe with the app", "slow-breathing"}},
		SocialDistraction: []Company{{Name: "The library", Kind: "place"}},
		CrisisSupport:     []Helper{{"Ana", "sister", Phone{Number: "+1 555 010 0001", Display: "(555) 010-0001", Takes: "both"}, true, true}},
		ProfessionalSupport: &Professionals{[]Professional{{"Dr. Reyes", "Riverside", Phone{Number: "+15550100002"},
			&Hours{Zone: "America/New_York", Open: []Open{{[]string{"MO", "TU"}, "09:00", "17:00"}}}, ""}},
			&Department{"County hospital", "1 Main Street", &Phone{Number: "+15550100003"}}},
		LethalMeansSafety: []MeansStep{{Text: "The pills stay with Ana", HeldBy: "Ana", Done: true}},
		ReasonForLiving:   "My son asks me to walk with him.",
		Naloxone:          &Naloxone{[]NaloxoneKit{{"Kitchen drawer", "nasal", "2026-12-31", "Ana"}}, []string{"Ana"}},
		ToleranceLoss:     []ToleranceLoss{{"detox", "2026-02-20"}},
	}
}

// activePlan is a plan whose version 1 has this content and holds.
func activePlan(c Content) (Plan, Version) {
	p := Plan{PatientID: patientA}
	v, _, err := p.Save(Edit{Content: c}, sam, planDay, accessNow)
	if err == nil {
		err = p.Activate(&v, nil, sam, Assent{}, planDay, accessNow)
	}
	if err != nil {
		panic(err)
	}
	return p, v
}

func hours(n int) time.Time { return accessNow.Add(time.Duration(n) * time.Hour) }
