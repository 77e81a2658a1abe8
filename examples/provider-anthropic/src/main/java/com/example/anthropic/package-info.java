/// A provider for Anthropic's Messages API: POST `/v1/messages`, version 2023-06-01.
///
/// The way of a call: [MessagesRequest] puts it into Anthropic's words, an [Exchange] sends it,
/// [SseReader] cuts the answer into events, [AnswerDecoder] puts these into the gateway's words,
/// and [MessageStream] hands them out.
@NullMarked
package com.example.anthropic;

import org.jspecify.annotations.NullMarked;
