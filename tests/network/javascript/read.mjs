// Reads network files for the tests: a line {format, content} in, a line {labels, lines, directed, …} or {error} out.

import readline from "node:readline";

import cytoscape from "cytoscape";
import Graph from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";
import { JSDOM } from "jsdom";

// Mermaid cleans labels with the document of a browser.
const { window } = new JSDOM("<!DOCTYPE html>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });

function ofGraphology(graph) {
  const labels = graph.mapNodes((node, data) => [node, data.label]);
  const lines = graph.mapEdges((edge, data, source, target) => ({ source, target, data }));
  const places = graph.mapNodes((node, data) => [node, data.x, data.y, data.size, data.color]);
  return { labels, lines, directed: graph.type === "directed", places, type: graph.type, multi: graph.multi };
}

function ofCytoscape({ elements, directed, data }) {
  const graph = cytoscape({ headless: true, elements, layout: { name: "preset" } });
  const labels = graph.nodes().map((node) => [node.id(), node.data("name")]);
  const lines = graph.edges().map((edge) => ({ source: edge.data("source"), target: edge.data("target"), data: edge.data() }));
  const places = graph.nodes().map((node) => [node.id(), node.position("x"), node.position("y")]);
  return { labels, lines, directed, places, about: data };
}

// What Mermaid makes of an entity code until it draws.
const decoded = (text) =>
  (text ?? "").replace(/<br\/?>/g, "\n").replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

async function ofMermaid(content) {
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(content);
  const { db } = diagram;
  const labels = [...db.getVertices().values()].map(({ id, text }) => [id, decoded(text)]);
  const lines = db.getEdges().map(({ start, end, text, type }) => ({ source: start, target: end, data: { label: decoded(text), type } }));
  return { labels, lines, directed: lines.some(({ data }) => data.type === "arrow_point"), about: db.getAccTitle() };
}

const readers = {
  graphology: (content) => ofGraphology(Graph.from(JSON.parse(content))),
  gexf: (content) => ofGraphology(gexf.parse(Graph, content, { addMissingNodes: false })),
  graphml: (content) => ofGraphology(graphml.parse(Graph, content)),
  cyjs: (content) => ofCytoscape(JSON.parse(content)),
  mermaid: ofMermaid,
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { format, content } = JSON.parse(line);
  let reading;
  try {
    reading = await readers[format](content);
  } catch (error) {
    reading = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(reading)}\n`);
}
