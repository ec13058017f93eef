#include "ui/widgets/SecretEdit.h"

#include <string.h>

namespace ui {

SecretEdit::SecretEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setEchoMode(Password);
}

SecretEdit::~SecretEdit()
{
    take();
}

// text() shares the field's own buffer, which clear() would give back to the heap as it is. The
// field takes part in it: nothing is painted between here and clear().
base::SecretString SecretEdit::take()
{
    const QString shared = text();
    const base::SecretString secret = base::SecretString::fromText(shared);
    if (!shared.isEmpty()) {
        explicit_bzero(const_cast<QChar *>(shared.constData()),
                       static_cast<std::size_t>(shared.size()) * sizeof(QChar));
    }
    clear();
    return secret;
}

} // namespace ui
