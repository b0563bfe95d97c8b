package learn

import (
	"reflect"

	texts "handrail/care/education"
	"handrail/handlers/edge"
)

// Limits are of pages to read, and of what people do with them.
var Limits = edge.Rules{
	reflect.TypeFor[texts.Given](): {
		"Why":    edge.Doc("The patient reads it."),
		"ReadAt": edge.Doc("When the patient told the team that they have read it. Nothing else tells."),
	},
	reflect.TypeFor[texts.Mine](): {
		"Read":        edge.Doc("Yours alone, by day, the newest first."),
		"Suggestions": edge.Doc("With the reason for each."),
		"Given":       edge.Doc("What your care team gave you to read, the newest first. Empty for all but patients."),
	},
	reflect.TypeFor[texts.TextState](): {
		"Ships":       edge.Doc("A text with this id and language comes with the program."),
		"Number":      edge.Doc("Of the text that the clinic published; 0 for the one that ships."),
		"Published":   edge.Doc("YYYY-MM-DD."),
		"Fingerprint": edge.Doc("Names the words of the newest text; a signature holds for these words."),
		"Review":      edge.Doc("Of the newest text."),
		"Shown":       edge.Doc("Somebody who asks for this language is shown this text."),
	},
	reflect.TypeFor[texts.Text](): {
		"Drafted": edge.Doc("Of the draft's words, for a signature before it is published."),
		"File":    edge.Doc("Of the newest text, as its author wrote it."),
		"View":    edge.Doc("The newest text as a reader sees it."),
		"Confirm": edge.Doc("What a reviewer has to look at: nobody has read it in an opened source."),
		"Rated":   edge.Doc("How two people scored the words as they are now, with PEMAT; empty until there are two."),
	},
	reflect.TypeFor[texts.Checked](): {
		"Findings": edge.Doc("What should be mended; it can be published all the same."),
		"Measure":  edge.Doc("Left out while the text can't be read."),
	},
}
