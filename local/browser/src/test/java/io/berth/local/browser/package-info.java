/** The page for people in a real browser: Chromium, driven by Playwright. */
package io.berth.local.browser;
