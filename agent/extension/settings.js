// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What page and background share. build.py writes the origins whose pages are served.
const signetOrigins = [];
const signetMaxMessageBytes = 64 * 1024;
