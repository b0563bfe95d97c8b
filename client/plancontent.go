package client

// PlanContent is what a plan says. It is replaced whole.
type PlanContent struct {
	WarningSigns        []PlanSign         `json:"warningSigns,omitempty"` // What tells me to open this plan. Three or more help most.
	InternalCoping      []PlanCoping       `json:"internalCoping,omitempty"`
	SocialDistraction   []PlanCompany      `json:"socialDistraction,omitempty"` // Company and places. Nothing says that these people know.
	CrisisSupport       []PlanHelper       `json:"crisisSupport,omitempty"`
	ProfessionalSupport *PlanProfessionals `json:"professionalSupport,omitempty"` // The crisis lines of the country are always added; nothing here can take them away.
	LethalMeansSafety   []PlanMeansStep    `json:"lethalMeansSafety,omitempty"`   // The agreed steps and who helps, never a list of what somebody owns. Talk it through together.
	ReasonForLiving     string             `json:"reasonForLiving,omitempty"`     // Never required. Photos and sounds stay on the device.
	Naloxone            *Naloxone          `json:"naloxone,omitempty"`
	NeverUseAlone       *NeverUseAlone     `json:"neverUseAlone,omitempty"`
	DrugChecking        *DrugChecking      `json:"drugChecking,omitempty"`
	ToleranceLoss       []ToleranceLoss    `json:"toleranceLoss,omitempty"`
	PostOverdose        []PostOverdoseStep `json:"postOverdose,omitempty"`
}

// PlanSign is a warning sign.
type PlanSign struct {
	Text string `json:"text"`
	Kind string `json:"kind,omitempty"` // One of: thought, image, mood, situation, behaviour.
}

// PlanCoping is what helps without anybody else.
type PlanCoping struct {
	Text     string `json:"text"`
	Exercise string `json:"exercise,omitempty"` // An exercise whose steps come with the plan. One of: slow-breathing, five-senses, tight-and-loose.
}

// PlanCompany is a person or a place that takes the mind off.
type PlanCompany struct {
	Name  string     `json:"name"`
	Kind  string     `json:"kind,omitempty"` // One of: person, place.
	Note  string     `json:"note,omitempty"`
	Phone *PlanPhone `json:"phone,omitempty"`
}

// PlanHelper is somebody to ask for help.
type PlanHelper struct {
	Name         string    `json:"name"`
	Agreed       bool      `json:"agreed"`    // This person was asked and said yes.
	MayBeTold    bool      `json:"mayBeTold"` // The patient is fine with the team telling this person of a crisis. A wish, not a consent.
	Phone        PlanPhone `json:"phone"`
	Relationship string    `json:"relationship,omitempty"`
}

// PlanProfessionals are whom to call beside the crisis lines.
type PlanProfessionals struct {
	Contacts            []PlanProfessional `json:"contacts,omitempty"`
	EmergencyDepartment *PlanDepartment    `json:"emergencyDepartment,omitempty"`
}

// PlanProfessional is one of them.
type PlanProfessional struct {
	Name      string     `json:"name"`
	Agency    string     `json:"agency,omitempty"`
	Hours     *PlanHours `json:"hours,omitempty"`
	Phone     PlanPhone  `json:"phone"`
	RenewedOn string     `json:"renewedOn,omitempty"` // Day on which the clinic renewed its own number or hours. Not kept when it is sent.
}

// PlanDepartment is where to go.
type PlanDepartment struct {
	Name    string     `json:"name"`
	Address string     `json:"address,omitempty"`
	Phone   *PlanPhone `json:"phone,omitempty"`
}

// PlanMeansStep is an agreed step that makes the surroundings safer.
type PlanMeansStep struct {
	Text   string `json:"text"`
	Done   bool   `json:"done,omitempty"`
	DoneOn string `json:"doneOn,omitempty"` // YYYY-MM-DD
	HeldBy string `json:"heldBy,omitempty"` // Who keeps it.
}

// PlanPhone is a number to call or to text.
type PlanPhone struct {
	Number  string `json:"number"`            // With + and the country's code (E.164), and an extension as in RFC 3966; pasted numbers are understood. A service may have a short code, such as 988.
	Display string `json:"display,omitempty"` // As people there write it. The number itself when left out.
	Takes   string `json:"takes,omitempty"`   // One of: calls, texts, both.
}

// PlanHours is when somebody answers.
type PlanHours struct {
	Always bool       `json:"always,omitempty"` // Day and night. Then there is nothing else to say.
	Open   []PlanOpen `json:"open,omitempty"`
	Zone   string     `json:"zone,omitempty"` // IANA time zone of the clock.
}

// PlanOpen is a part of the week.
type PlanOpen struct {
	Days []string `json:"days"` // Weekdays as in iCalendar: MO, TU, WE, TH, FR, SA, SU.
	From string   `json:"from"` // HH:MM
	To   string   `json:"to"`   // HH:MM, 24:00 for the end of the day. Not later than from: on the next day.
}

// Naloxone says where it is and who can give it.
type Naloxone struct {
	Kits       []NaloxoneKit `json:"kits,omitempty"`
	Responders []string      `json:"responders,omitempty"` // People who know how to use it.
}

// NaloxoneKit is one kit.
type NaloxoneKit struct {
	ExpiresOn string `json:"expiresOn,omitempty"` // YYYY-MM-DD
	Form      string `json:"form,omitempty"`      // One of: nasal, injectable.
	Location  string `json:"location"`
	WhoKnows  string `json:"whoKnows,omitempty"`
}

// NeverUseAlone is whom to call before using.
type NeverUseAlone struct {
	Name  string     `json:"name,omitempty"`
	Text  string     `json:"text,omitempty"`
	Phone *PlanPhone `json:"phone,omitempty"`
}

// DrugChecking says how drugs can be checked.
type DrugChecking struct {
	Strips bool   `json:"strips"`
	Where  string `json:"where,omitempty"`
}

// ToleranceLoss is why less is tolerated than before.
type ToleranceLoss struct {
	Reason string `json:"reason"`          // One of: detox, jail, hospital, missed-medicine, naltrexone-ended, abstinence.
	Since  string `json:"since,omitempty"` // YYYY-MM-DD
}

// PostOverdoseStep is what to do after an overdose.
type PostOverdoseStep struct {
	DoneOn string `json:"doneOn,omitempty"` // YYYY-MM-DD
	Step   string `json:"step"`             // One of: contact-team, refill-naloxone, restart-medicine.
}
