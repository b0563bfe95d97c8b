package crisisplan

// How many entries the lists of a plan hold.
const (
	MaxSteps        = 10 // signs, ways to cope, company, steps of safety, people with naloxone
	MaxToCall       = 8  // supporters, and professional contacts
	MaxKits         = 6
	MaxLosses       = 6
	MaxPostOverdose = 3
	MaxOpen         = 7 // stretches of hours of one contact
)

// How long its texts are, in characters.
const (
	MaxStep         = 200 // a step, a place, an address, a note on one of them
	MaxName         = 100
	MaxRelationship = 60
	MaxReason       = 1000 // for living
	MaxAloneText    = 500
	MaxReviewNote   = 1000
	MaxWitness      = 200
)

// The words of a plan that are chosen from a list.
var (
	SignKinds         = []string{"thought", "image", "mood", "situation", "behaviour"}
	CompanyKinds      = []string{"person", "place"}
	KitForms          = []string{"nasal", "injectable"}
	LossReasons       = []string{"detox", "jail", "hospital", "missed-medicine", "naltrexone-ended", "abstinence"}
	PostOverdoseSteps = []string{"contact-team", "refill-naloxone", "restart-medicine"}
	PhoneTakes        = []string{"calls", "texts", "both"}
	AssentHows        = []string{AssentPaper, AssentInPerson}
)
