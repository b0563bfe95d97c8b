// Package sideeffect knows what a patient can tell of a side effect, which are serious,
// how a clinician answers, and how a report for the authority reads. It is pure.
package sideeffect

import (
	"slices"

	"handrail/models/medicine"
)

// Effect is one that a patient can choose, by its code: the words are the page's.
type Effect struct {
	Code    string `json:"code"`
	Serious bool   `json:"serious"`
}

// serious are effects for which somebody is called: signs of anaphylaxis, of an arrhythmia,
// of neuroleptic malignant and serotonin syndrome, of agranulocytosis, liver injury, and
// severe skin reactions, as labels' boxed warnings and warnings name them [K].
var serious = []string{"hard-to-breathe", "face-swelling", "fainted", "seizure", "chest-pain", "fever-stiff-confused", "fever-sore-throat",
	"skin-blisters", "yellow-skin", "bleeding", "thoughts-of-dying", "cannot-wake"}

// common are offered for each medicine, and the others by what is in it.
var common = []string{"sleepy", "cannot-sleep", "dizzy", "headache", "nausea", "belly", "constipation", "dry-mouth", "rash", "other"}

var byIngredient = []struct {
	ingredients, effects []string
}{
	{[]string{"fluoxetine", "sertraline", "citalopram", "escitalopram", "paroxetine", "fluvoxamine", "venlafaxine", "duloxetine", "desvenlafaxine", "milnacipran", "bupropion", "mirtazapine", "trazodone"},
		[]string{"restless", "sweating", "sexual", "shaking", "weight-up", "thoughts-of-dying", "bleeding", "fever-stiff-confused", "seizure"}},
	{[]string{"clozapine", "olanzapine", "quetiapine", "ziprasidone", "haloperidol", "chlorpromazine", "risperidone", "aripiprazole", "paliperidone"},
		[]string{"restless", "stiff", "shaking", "weight-up", "sexual", "drooling", "fast-heart", "fever-stiff-confused", "seizure"}},
	{[]string{"clozapine", "carbamazepine"}, []string{"fever-sore-throat"}},
	{[]string{"buprenorphine", "methadone", "naltrexone"}, []string{"sweating", "sexual", "tooth-or-mouth", "withdrawal", "cannot-wake", "yellow-skin"}},
	{[]string{"alprazolam", "clonazepam", "diazepam", "lorazepam", "temazepam", "chlordiazepoxide", "oxazepam", "zolpidem", "eszopiclone", "zaleplon", "gabapentin", "pregabalin"},
		[]string{"unsteady", "forgetful", "cannot-wake", "swelling"}},
	{[]string{"lithium"}, []string{"shaking", "thirsty", "weight-up", "unsteady", "diarrhoea"}},
	{[]string{"valproic acid", "lamotrigine", "topiramate", "oxcarbazepine", "carbamazepine"}, []string{"shaking", "weight-up", "forgetful", "hair-loss", "skin-blisters", "yellow-skin"}},
	{[]string{"amphetamine", "dextroamphetamine", "lisdexamfetamine", "methylphenidate", "atomoxetine"}, []string{"no-appetite", "fast-heart", "restless", "chest-pain"}},
	{[]string{"disulfiram", "acamprosate"}, []string{"tooth-or-mouth", "diarrhoea", "yellow-skin"}},
	{[]string{"lofexidine", "clonidine"}, []string{"fainted"}},
}

// always are serious effects that any medicine can have.
var always = []string{"hard-to-breathe", "face-swelling", "fainted", "skin-blisters", "chest-pain"}

// Codes lists every effect, each once.
func Codes() (out []string) {
	add := func(codes []string) {
		for _, c := range codes {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	add(common)
	for _, b := range byIngredient {
		add(b.effects)
	}
	add(serious)
	return out
}

// Serious tells whether somebody is called for an effect.
func Serious(code string) bool { return slices.Contains(serious, code) }

// Offered are the effects that are offered for a medicine, the serious ones last. They are
// a help to name it: what else there is, the patient says in words.
func Offered(m medicine.Medicine) []Effect {
	has := m.Names()
	var codes []string
	for _, b := range byIngredient {
		if slices.ContainsFunc(b.ingredients, func(n string) bool { return slices.Contains(has, n) }) {
			codes = append(codes, b.effects...)
		}
	}
	codes = append(append(slices.Clone(common[:len(common)-1]), codes...), always...)
	var mild, bad []Effect
	seen := map[string]bool{}
	for _, c := range append(codes, "other") {
		switch {
		case seen[c]:
		case Serious(c):
			bad = append(bad, Effect{c, true})
		default:
			mild = append(mild, Effect{c, false})
		}
		seen[c] = true
	}
	return append(mild, bad...)
}
