package peers

import (
	"reflect"

	beside "handrail/care/peers"
	"handrail/handlers/edge"
	"handrail/models/peer"
)

// Limits are of peers and contracts.
var Limits = edge.Rules{
	reflect.TypeFor[peer.ProfileTerms](): {
		"Open": edge.Doc("You can be asked now. It is your yes to answer within three days."), "Languages": edge.Count(0, peer.MaxLanguages).Doc("BCP 47."),
		"Gender": edge.OneOf(append([]string{""}, peer.Genders...)...).Doc("Only if you choose to share it."),
		"Shares": edge.OneOf(peer.Experiences...).And(edge.Count(0, len(peer.Experiences))).Doc("What you have lived through, as far as you choose to share it."),
		"Hours":  edge.OneOf(peer.HoursOf...).And(edge.Count(0, len(peer.HoursOf))), "Words": edge.Text(0, peer.MaxWords).Prose(),
		"Places": edge.Doc("How many people at once, 0 to 50."),
	},
	reflect.TypeFor[peer.Wish](): {
		"Language": edge.Text(0, 35).Doc("Kept to."), "Gender": edge.OneOf(append([]string{""}, peer.Genders...)...).Doc("Kept to."),
		"Shares": edge.OneOf(peer.Experiences...).And(edge.Count(0, len(peer.Experiences))).Doc("Who shares more of it comes first."),
		"Hours":  edge.OneOf(peer.HoursOf...).And(edge.Count(0, len(peer.HoursOf))),
	},
	reflect.TypeFor[peerAsk]():     {"Words": edge.Text(0, peer.MaxWords)},
	reflect.TypeFor[peer.Fit]():    {"Meets": edge.Doc("Which of the wishes they meet.")},
	reflect.TypeFor[peer.Match]():  {"Status": edge.OneOf(peer.Statuses...), "DueAt": edge.Doc("Until when the peer answers; UTC."), "TaskID": edge.Doc("The peer's task to answer.")},
	reflect.TypeFor[beside.Page](): {"Fits": edge.Doc("At most 20, who meets most wishes first."), "Matches": edge.Doc("The newest first.")},
	reflect.TypeFor[peer.Terms](): {
		"Ask": edge.Count(0, peer.MaxLines).Prose().Doc("What I ask of you; at least one."), "MayAsk": edge.Count(0, peer.MaxLines).Prose().Doc("What you may ask me."),
		"Never": edge.Count(0, peer.MaxLines).Prose().Doc("What you never do."), "Often": edge.OneOf(append([]string{""}, peer.Often...)...).Doc("How often you may ask; needed."),
	},
	reflect.TypeFor[peer.Contract](): {
		"Status": edge.OneOf(peer.Statuses...), "Number": edge.Doc("Counts what it says."), "Agreed": edge.Doc("The number that the partner has agreed to; 0: none holds."),
	},
}
