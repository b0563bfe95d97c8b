package medicine

import (
	_ "embed"
	"sync"
)

var (
	//go:embed data/ingredients.json
	ingredientsFile []byte
	//go:embed data/rules.json
	rulesFile []byte
)

// Shipped are the ingredients and rules that come with the program.
var Shipped = sync.OnceValues(func() (*Set, error) { return Parse(rulesFile) })

// Known are the ingredients that come with the program. A file that can't be read is a
// mistake of ours that each test finds.
var Known = sync.OnceValue(func() *Catalogue {
	c, err := ParseCatalogue(ingredientsFile)
	if err != nil {
		panic(err)
	}
	return c
})
