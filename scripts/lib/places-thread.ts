/** The thread that looks places up; places-on-thread.ts starts it. */
import { parentPort, workerData } from 'node:worker_threads'
import { findPlacesIn } from '#lib/places/find.ts'

parentPort?.postMessage(findPlacesIn(workerData.files, workerData.wanted))
