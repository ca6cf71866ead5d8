document.title = 'Made';
document.body.innerHTML = '<h1>made</h1>';
