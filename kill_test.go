package main

const workerName = "rejoinder-worker"

func work() {}
