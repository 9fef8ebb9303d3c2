export const liftMutes = () => undefined
