// Runs vectors of conformance/vectors against this implementation; see conformance/README.md for the format.
export { isVectorFile, type Result, runFile, runTest, type VectorFile, type VectorTest } from './conformance/runner'
