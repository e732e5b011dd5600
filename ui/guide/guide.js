// Who chose a language once reads all pages in it. Each block of code has a button that copies it.
const KEPT = 'guide-language';

function choose(language) {
  for (const tab of document.querySelectorAll('.tabs input')) if (tab.value === language) tab.checked = true;
}

const kept = localStorage.getItem(KEPT);
if (kept) choose(kept);
document.addEventListener('change', ({target}) => {
  if (!target.matches('.tabs input')) return;
  localStorage.setItem(KEPT, target.value);
  const before = target.getBoundingClientRect().top;
  choose(target.value);
  scrollBy(0, target.getBoundingClientRect().top - before);
});

for (const figure of document.querySelectorAll('figure.code')) {
  const button = document.createElement('button');
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(figure.querySelector('code').textContent);
    button.textContent = 'Copied';
  });
  figure.append(button);
}

const contents = document.querySelector('details.menu');
if (matchMedia('(max-width: 52rem)').matches) contents.open = false;
