package main

import (
	"context"
	"time"

	"handrail/care/crisis"
	"handrail/models/crisisplan"
)

// plans writes the crisis plans: Maya's with her therapist, Daniel's a first draft
// that is not in use yet. The numbers are of the range for fiction.
func (f *filler) plans(ctx context.Context) error {
	if err := f.plan(ctx, maya, therapist, f.mayasPlan()); err != nil {
		return err
	}
	ch, err := f.chart(ctx, maya, maya)
	if err != nil {
		return err
	}
	if _, err := ch.Crisis.SharePlan(ctx, crisis.AnyPlan, f.people[rosa].ID, []crisisplan.Section{crisisplan.SectionWarningSigns, crisisplan.SectionNaloxone}); err != nil {
		return plain(err)
	}
	ch, err = f.chart(ctx, daniel, daniel)
	if err != nil {
		return err
	}
	_, err = ch.Crisis.SavePlan(ctx, 0, crisisplan.Content{WarningSigns: []crisisplan.Sign{{Text: "I stop opening the mail", Kind: "behaviour"}}}, "")
	return plain(err)
}

// plan saves a first version by one hand and makes it hold by the other.
func (f *filler) plan(ctx context.Context, patient, with int, content crisisplan.Content) error {
	ch, err := f.chart(ctx, with, patient)
	if err != nil {
		return err
	}
	v, err := ch.Crisis.SavePlan(ctx, 0, content, "Written together in the first visits.")
	if err != nil {
		return plain(err)
	}
	ch, err = f.chart(ctx, patient, patient)
	if err != nil {
		return err
	}
	_, err = ch.Crisis.ActivatePlan(ctx, v.Newest, crisisplan.Assent{})
	return plain(err)
}

func (f *filler) mayasPlan() crisisplan.Content {
	expires := f.start.AddDate(1, 2, 0).Format(time.DateOnly)
	phone := func(number string) crisisplan.Phone { return crisisplan.Phone{Number: number} }
	return crisisplan.Content{
		WarningSigns: []crisisplan.Sign{{Text: "I stop answering messages", Kind: "behaviour"}, {Text: "I think: it won't matter", Kind: "thought"},
			{Text: "I walk the long way past the old corner", Kind: "situation"}},
		InternalCoping: []crisisplan.Coping{{Text: "Breathe slowly for two minutes", Exercise: "slow-breathing"},
			{Text: "Put on the blue playlist and wash my hands in cold water"}, {Text: "Walk around the block with the dog"}},
		SocialDistraction: []crisisplan.Company{{Name: "Riverside library, second floor", Kind: "place"}, {Name: "Nadia from the choir", Kind: "person"}},
		CrisisSupport: []crisisplan.Helper{{Name: "Mom", Relationship: "mother", Phone: phone("+12025550110"), Agreed: true, MayBeTold: true},
			{Name: "Sam", Relationship: "peer", Phone: phone("+12025550126"), Agreed: true}},
		ProfessionalSupport: &crisisplan.Professionals{
			Contacts:            []crisisplan.Professional{{Name: "Leila Haddad", Agency: "Riverside Clinic", Phone: phone("+12025550175")}},
			EmergencyDepartment: &crisisplan.Department{Name: "St. Anne's", Address: "12 River Road"}},
		LethalMeansSafety: []crisisplan.MeansStep{{Text: "The medicines are in the lock box", HeldBy: "Mom", Done: true}},
		ReasonForLiving:   "Leo asks me every Sunday if we walk to the bridge.",
		Naloxone: &crisisplan.Naloxone{Kits: []crisisplan.NaloxoneKit{{Location: "Kitchen drawer, left", Form: "nasal", ExpiresOn: expires, WhoKnows: "Mom"}},
			Responders: []string{"Mom"}},
		ToleranceLoss: []crisisplan.ToleranceLoss{{Reason: "detox"}},
	}
}
