package crisisplan

// Content is what a crisis plan says. A content is never changed in place: an
// edit makes a new one, and versions may share parts.
type Content struct {
	WarningSigns        []Sign             `json:"warningSigns,omitempty" maxItems:"10" doc:"What tells me to open this plan. Three or more help most."`
	InternalCoping      []Coping           `json:"internalCoping,omitempty" maxItems:"10"`
	SocialDistraction   []Company          `json:"socialDistraction,omitempty" maxItems:"10" doc:"Company and places. Nothing says that these people know."`
	CrisisSupport       []Helper           `json:"crisisSupport,omitempty" maxItems:"8"`
	ProfessionalSupport *Professionals     `json:"professionalSupport,omitempty" doc:"The crisis lines of the country are always added; nothing here can take them away."`
	LethalMeansSafety   []MeansStep        `json:"lethalMeansSafety,omitempty" maxItems:"10" doc:"The agreed steps and who helps, never a list of what somebody owns. Talk it through together."`
	ReasonForLiving     string             `json:"reasonForLiving,omitempty" maxLength:"1000" doc:"Never required. Photos and sounds stay on the device." text:"prose"`
	Naloxone            *Naloxone          `json:"naloxone,omitempty"`
	ToleranceLoss       []ToleranceLoss    `json:"toleranceLoss,omitempty" maxItems:"6"`
	NeverUseAlone       *NeverUseAlone     `json:"neverUseAlone,omitempty"`
	DrugChecking        *DrugChecking      `json:"drugChecking,omitempty"`
	PostOverdose        []PostOverdoseStep `json:"postOverdose,omitempty" maxItems:"3"`
}

// Sign is a sign that a crisis may begin.
type Sign struct {
	Text string `json:"text" minLength:"1" maxLength:"200" text:"prose"`
	Kind string `json:"kind,omitempty" enum:"thought,image,mood,situation,behaviour"`
}

// Coping is something to do alone.
type Coping struct {
	Text     string `json:"text" minLength:"1" maxLength:"200" text:"prose"`
	Exercise string `json:"exercise,omitempty" enum:"slow-breathing,five-senses,tight-and-loose" doc:"An exercise whose steps come with the plan."`
}

// Company is a person or a place that takes the mind elsewhere.
type Company struct {
	Name  string `json:"name" minLength:"1" maxLength:"100"`
	Kind  string `json:"kind,omitempty" enum:"person,place"`
	Phone *Phone `json:"phone,omitempty"`
	Note  string `json:"note,omitempty" maxLength:"200" text:"prose"`
}

// Helper is somebody who can be told. MayBeTold is the patient's wish; it
// opens nothing by itself and is no consent.
type Helper struct {
	Name         string `json:"name" minLength:"1" maxLength:"100"`
	Relationship string `json:"relationship,omitempty" maxLength:"60"`
	Phone        Phone  `json:"phone"`
	Agreed       bool   `json:"agreed" doc:"This person was asked and said yes."`
	MayBeTold    bool   `json:"mayBeTold" doc:"The patient is fine with the team telling this person of a crisis. A wish, not a consent."`
}

// Professionals is who is trained to help.
type Professionals struct {
	Contacts            []Professional `json:"contacts,omitempty" maxItems:"8"`
	EmergencyDepartment *Department    `json:"emergencyDepartment,omitempty"`
}

// Professional is a clinician or an agency.
type Professional struct {
	Name      string `json:"name" minLength:"1" maxLength:"100"`
	Agency    string `json:"agency,omitempty" maxLength:"100"`
	Phone     Phone  `json:"phone"`
	Hours     *Hours `json:"hours,omitempty"`
	RenewedOn string `json:"renewedOn,omitempty" maxLength:"10" doc:"Day on which the clinic renewed its own number or hours. Not kept when it is sent."`
}

// Department is the nearest emergency department.
type Department struct {
	Name    string `json:"name" minLength:"1" maxLength:"100"`
	Address string `json:"address,omitempty" maxLength:"200" text:"prose"`
	Phone   *Phone `json:"phone,omitempty"`
}

// MeansStep is one agreed step that puts time and distance in between.
type MeansStep struct {
	Text   string `json:"text" minLength:"1" maxLength:"200" text:"prose"`
	HeldBy string `json:"heldBy,omitempty" maxLength:"100" doc:"Who keeps it." text:"prose"`
	Done   bool   `json:"done,omitempty"`
	DoneOn string `json:"doneOn,omitempty" maxLength:"10" doc:"YYYY-MM-DD"`
}

// Naloxone is where the kits are and who can use them.
type Naloxone struct {
	Kits       []NaloxoneKit `json:"kits,omitempty" maxItems:"6"`
	Responders []string      `json:"responders,omitempty" maxItems:"10" doc:"People who know how to use it."`
}

// NaloxoneKit is one kit.
type NaloxoneKit struct {
	Location  string `json:"location" minLength:"1" maxLength:"200" text:"prose"`
	Form      string `json:"form,omitempty" enum:"nasal,injectable"`
	ExpiresOn string `json:"expiresOn,omitempty" maxLength:"10" doc:"YYYY-MM-DD"`
	WhoKnows  string `json:"whoKnows,omitempty" maxLength:"200" text:"prose"`
}

// ToleranceLoss is a break after which an amount that was taken before can kill.
type ToleranceLoss struct {
	Reason string `json:"reason" enum:"detox,jail,hospital,missed-medicine,naltrexone-ended,abstinence"`
	Since  string `json:"since,omitempty" maxLength:"10" doc:"YYYY-MM-DD"`
}

// NeverUseAlone is a line that stays on the phone and can send help.
type NeverUseAlone struct {
	Name  string `json:"name,omitempty" maxLength:"100"`
	Phone *Phone `json:"phone,omitempty"`
	Text  string `json:"text,omitempty" maxLength:"500" text:"prose"`
}

// DrugChecking is where test strips are.
type DrugChecking struct {
	Strips bool   `json:"strips"`
	Where  string `json:"where,omitempty" maxLength:"200" text:"prose"`
}

// PostOverdoseStep is one of the steps after an overdose, done or to be done.
type PostOverdoseStep struct {
	Step   string `json:"step" enum:"contact-team,refill-naloxone,restart-medicine"`
	DoneOn string `json:"doneOn,omitempty" maxLength:"10" doc:"YYYY-MM-DD"`
}
