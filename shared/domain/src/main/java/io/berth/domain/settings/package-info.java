/** What users wish for beyond single requests; kept, so that whoever acts on it finds it. */
package io.berth.domain.settings;
