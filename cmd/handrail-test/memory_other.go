//go:build !linux

package main

func memory() (string, error) { return "", nil }
